package io.worldweave.database;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.JsonWriter;
import io.worldweave.wire.ReadLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Values as a {@code jsonb} column gives them back exactly.
 *
 * <p>Two things it would not: the order of an object's members, which it puts in one of its own,
 * and the character U+0000, which it refuses. So an object whose members come in another order has
 * a member more, {@value #ORDER}, that lists the names; and U+001A in a text is followed by what it
 * stands for: {@code 0} for U+0000, itself for itself. Everything else stands there as it is, for
 * whoever queries it. Numbers are equal, however they are written.
 */
final class ExactJson {
    /** No other name begins so: the first character of every other U+001A is doubled. */
    static final String ORDER = "\u001aorder";

    private static final char ESCAPE = '\u001a';
    private static final String ESCAPED_NUL = "\u001a0";
    private static final String ESCAPED_ESCAPE = "\u001a\u001a";

    /** How {@code jsonb} orders the members of an object: by length in UTF-8, then by bytes. */
    private static final Comparator<byte[]> JSONB_ORDER =
            Comparator.<byte[]>comparingInt(name -> name.length)
                    .thenComparing(Arrays::compareUnsigned);

    /** Numbers are written without an exponent, and have some hundred digits then. */
    private static final JsonReader READER =
            JsonReader.withLimits(
                    new ReadLimits(
                            ReadLimits.FILE.bytes() * 2,
                            ReadLimits.MAX_DEPTH,
                            ReadLimits.FILE.bytes() * 2,
                            ReadLimits.FILE.bytes(),
                            1_000));

    private ExactJson() {}

    /** Returns the text of a value to be stored. */
    static String text(JsonObject value) {
        return text((Json) encoded(value));
    }

    /** Returns the text of an object whose own members, not theirs, may come in any order. */
    static String textOfRecord(JsonObject value) {
        return text((Json) JsonObject.of(encodedMembers(value)));
    }

    private static String text(Json encoded) {
        return new String(JsonWriter.compact(encoded), StandardCharsets.UTF_8);
    }

    /**
     * Returns the value that {@link #text} was made of.
     *
     * @throws RuntimeException if it is none
     */
    static JsonObject read(String text) {
        JsonObject object = READER.readObject(text.getBytes(StandardCharsets.UTF_8));
        return decoded(object);
    }

    private static Json encode(Json value) {
        return switch (value) {
            case JsonObject object -> encoded(object);
            case JsonArray array ->
                    new JsonArray(array.elements().stream().map(ExactJson::encode).toList());
            case JsonCollection collection -> {
                List<Json> items = new ArrayList<>();
                collection.forEach((id, item) -> items.add(encode(item)));
                yield new JsonArray(items);
            }
            case JsonString string -> Json.of(escaped(string.value()));
            case JsonNumber _, JsonBoolean _, JsonNull _ -> value;
        };
    }

    private static JsonObject encoded(JsonObject object) {
        Map<String, Json> members = encodedMembers(object);
        if (!isInOrder(members.keySet())) {
            List<Json> names = new ArrayList<>();
            members.keySet().forEach(name -> names.add(Json.of(name)));
            members.put(ORDER, new JsonArray(names));
        }
        return JsonObject.of(members);
    }

    private static Map<String, Json> encodedMembers(JsonObject object) {
        Map<String, Json> members = LinkedHashMap.newLinkedHashMap(object.size() + 1);
        object.forEach((name, value) -> members.put(escaped(name), encode(value)));
        return members;
    }

    private static boolean isInOrder(Iterable<String> names) {
        byte[] before = null;
        for (String name : names) {
            byte[] present = name.getBytes(StandardCharsets.UTF_8);
            if (before != null && JSONB_ORDER.compare(before, present) > 0) {
                return false;
            }
            before = present;
        }
        return true;
    }

    private static Json decode(Json value) {
        return switch (value) {
            case JsonObject object -> decoded(object);
            case JsonArray array ->
                    Json.array(array.elements().stream().map(ExactJson::decode).toList());
            case JsonCollection collection ->
                    Json.array(collection.items().stream().map(ExactJson::decoded).toList());
            case JsonString string -> Json.of(unescaped(string.value()));
            case JsonNumber _, JsonBoolean _, JsonNull _ -> value;
        };
    }

    private static JsonObject decoded(JsonObject object) {
        Map<String, Json> members = LinkedHashMap.newLinkedHashMap(object.size());
        for (String name : names(object)) {
            members.put(unescaped(name), decode(Objects.requireNonNull(object.get(name))));
        }
        return JsonObject.of(members);
    }

    /** In the order that is listed; what was put there by hand since comes last. */
    private static Set<String> names(JsonObject object) {
        Set<String> names = new LinkedHashSet<>();
        if (object.get(ORDER) instanceof JsonArray order) {
            order.elements().forEach(name -> names.add(((JsonString) name).value()));
            names.removeIf(name -> !object.has(name));
        }
        names.addAll(object.names());
        names.remove(ORDER);
        return names;
    }

    private static String escaped(String text) {
        return text.indexOf(ESCAPE) < 0 && text.indexOf('\0') < 0
                ? text
                : text.replace("\u001a", ESCAPED_ESCAPE).replace("\0", ESCAPED_NUL);
    }

    private static String unescaped(String text) {
        int at = text.indexOf(ESCAPE);
        if (at < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == ESCAPE) {
                i++;
                plain.append(text.charAt(i) == '0' ? '\0' : ESCAPE);
            } else {
                plain.append(character);
            }
        }
        return plain.toString();
    }
}
