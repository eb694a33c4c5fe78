package io.worldweave.domain.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Pointer (RFC 6901), with one addition: inside a {@link JsonCollection} a token is an
 * instance id, not an index. The pointer without tokens is the whole document.
 */
public record Pointer(List<String> tokens) {
    public static final Pointer ROOT = new Pointer(List.of());

    /** No document is deeper than this. */
    public static final int DEPTH_LIMIT = 64;

    public Pointer {
        tokens = List.copyOf(tokens);
        if (tokens.size() > DEPTH_LIMIT) {
            throw new IllegalArgumentException("a pointer has at most " + DEPTH_LIMIT + " tokens");
        }
    }

    public static Pointer of(String... tokens) {
        return new Pointer(List.of(tokens));
    }

    /**
     * Reads a pointer as RFC 6901 writes it; anything else is an {@link IllegalArgumentException}.
     */
    public static Pointer parse(String text) {
        if (text.isEmpty()) {
            return ROOT;
        }
        if (text.charAt(0) != '/') {
            throw new IllegalArgumentException(
                    "a JSON Pointer is empty or begins with '/': " + text);
        }
        List<String> tokens = new ArrayList<>();
        for (int from = 1; from <= text.length() && tokens.size() <= DEPTH_LIMIT; ) {
            int slash = text.indexOf('/', from);
            int end = slash < 0 ? text.length() : slash;
            tokens.add(unescaped(text.substring(from, end), text));
            from = end + 1;
        }
        return new Pointer(tokens);
    }

    private static String unescaped(String token, String text) {
        for (int at = token.indexOf('~'); at >= 0; at = token.indexOf('~', at + 1)) {
            char next = at + 1 < token.length() ? token.charAt(at + 1) : ' ';
            if (next != '0' && next != '1') {
                throw new IllegalArgumentException(
                        "in a JSON Pointer '~' is followed by 0 or 1: " + text);
            }
        }
        return token.replace("~1", "/").replace("~0", "~");
    }

    public boolean isRoot() {
        return tokens.isEmpty();
    }

    public int depth() {
        return tokens.size();
    }

    public Pointer child(String token) {
        List<String> longer = new ArrayList<>(tokens);
        longer.add(token);
        return new Pointer(longer);
    }

    /** Returns the pointer to what holds this one's target; the root has none. */
    public Pointer parent() {
        return new Pointer(tokens.subList(0, tokens.size() - 1));
    }

    public String last() {
        return tokens.getLast();
    }

    /** Returns whether this pointer is {@code other} or points to what holds it. */
    public boolean covers(Pointer other) {
        int depth = tokens.size();
        if (other.tokens.size() < depth) {
            return false;
        }
        for (int i = 0; i < depth; i++) {
            if (!tokens.get(i).equals(other.tokens.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns what stands at this pointer in {@code document}, or null if nothing does. */
    public @Nullable Json in(Json document) {
        Json at = document;
        for (String token : tokens) {
            Json next = step(at, token);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    /** Returns what a single token leads to from {@code at}, or null if nothing is there. */
    public static @Nullable Json step(Json at, String token) {
        return switch (at) {
            case JsonObject object -> object.get(token);
            case JsonCollection collection -> collection.get(token);
            case JsonArray array -> {
                int index = index(token);
                yield index >= 0 && index < array.elements().size()
                        ? array.elements().get(index)
                        : null;
            }
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> null;
        };
    }

    /** Returns the index that a token of RFC 6901 names, or -1 if it names none below 10^9. */
    public static int index(String token) {
        int length = token.length();
        if (length == 0 || length > 9 || (length > 1 && token.charAt(0) == '0')) {
            return -1;
        }
        int index = 0;
        for (int i = 0; i < length; i++) {
            int digit = token.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            index = 10 * index + digit;
        }
        return index;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String token : tokens) {
            text.append('/').append(token.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }
}
