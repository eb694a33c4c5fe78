package io.worldweave.domain.patch;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/**
 * What Parsson, the reference implementation of JSON-P, makes of documents and patches.
 *
 * <p>It refuses to move {@code /a} to {@code /ab}, because it looks at the text of the pointers;
 * such a move is given to it as what RFC 6902 says it is: a removal, and the addition of what was
 * there.
 */
final class Reference {
    private Reference() {}

    /** Returns the document after the patch, or null if it is refused. */
    static @Nullable JsonValue patched(Json document, JsonPatch patch) {
        JsonStructure at = (JsonStructure) value(document);
        try {
            for (Operation operation : patch.operations()) {
                at = patched(at, operation);
            }
            return at;
        } catch (JsonException refused) {
            return null;
        }
    }

    private static JsonStructure patched(JsonStructure document, Operation operation) {
        JsonArrayBuilder patch = jakarta.json.Json.createArrayBuilder();
        if (operation instanceof Operation.Move(Pointer from, Pointer path)
                && !(from.covers(path) && !from.equals(path))) {
            JsonValue moved = jakarta.json.Json.createPointer(from.toString()).getValue(document);
            patch.add(object(new Operation.Remove(from)));
            patch.add(named("add", path).add("value", moved));
        } else {
            patch.add(object(operation));
        }
        return jakarta.json.Json.createPatch(patch.build()).apply(document);
    }

    static JsonValue merged(Json document, Json patch) {
        return jakarta.json.Json.createMergePatch(value(patch)).apply(value(document));
    }

    static JsonValue value(Json json) {
        try (JsonReader reader =
                jakarta.json.Json.createReader(new StringReader(json.toString()))) {
            return reader.readValue();
        }
    }

    private static JsonObjectBuilder object(Operation operation) {
        JsonObjectBuilder object = named(operation.name(), operation.path());
        return switch (operation) {
            case Operation.Add(Pointer _, Json value) -> object.add("value", value(value));
            case Operation.Replace(Pointer _, Json value) -> object.add("value", value(value));
            case Operation.Expect(Pointer _, Json value) -> object.add("value", value(value));
            case Operation.Move(Pointer from, Pointer _) -> object.add("from", from.toString());
            case Operation.Copy(Pointer from, Pointer _) -> object.add("from", from.toString());
            case Operation.Remove _ -> object;
        };
    }

    private static JsonObjectBuilder named(String name, Pointer path) {
        return jakarta.json.Json.createObjectBuilder().add("op", name).add("path", path.toString());
    }
}
