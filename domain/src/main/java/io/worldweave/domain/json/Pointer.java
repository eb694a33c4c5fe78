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
        for (String token : text.substring(1).split("/", -1)) {
            if (token.matches(".*~(?![01]).*")) {
                throw new IllegalArgumentException(
                        "in a JSON Pointer '~' is followed by 0 or 1: " + text);
            }
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return new Pointer(tokens);
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
        return other.tokens.size() >= tokens.size()
                && other.tokens.subList(0, tokens.size()).equals(tokens);
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

    static @Nullable Json step(Json at, String token) {
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

    /** Returns the index that a token of RFC 6901 names, or -1 if it names none. */
    static int index(String token) {
        return token.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(token) : -1;
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
