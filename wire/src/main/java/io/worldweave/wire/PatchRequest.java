package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.json.PlainJson;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.patch.JsonPatch;
import io.worldweave.domain.patch.Operation;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON Patches (RFC 6902). */
public final class PatchRequest {
    private PatchRequest() {}

    /**
     * Returns the patch that {@code body} is, or throws {@link InvalidRequestException}. Members
     * that its operations do not define are ignored, as the RFC says.
     */
    public static JsonPatch of(Json body) {
        List<? extends Json> elements = PlainJson.elements(body);
        if (elements == null) {
            throw invalid(Pointer.ROOT, "a JSON Patch is an array of operations");
        }
        List<Operation> operations = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Pointer place = Pointer.of(Integer.toString(i));
            if (!(elements.get(i) instanceof JsonObject operation)) {
                throw invalid(place, "an operation is an object");
            }
            operations.add(operation(operation, place));
        }
        return new JsonPatch(operations);
    }

    private static Operation operation(JsonObject json, Pointer place) {
        String name = text(json, "op", place);
        Pointer path = pointer(json, "path", place);
        return switch (name) {
            case "add" -> new Operation.Add(path, value(json, place));
            case "remove" -> new Operation.Remove(path);
            case "replace" -> new Operation.Replace(path, value(json, place));
            case "move" -> new Operation.Move(pointer(json, "from", place), path);
            case "copy" -> new Operation.Copy(pointer(json, "from", place), path);
            case "test" -> new Operation.Expect(path, value(json, place));
            default ->
                    throw invalid(
                            place.child("op"), "is none of add, remove, replace, move, copy, test");
        };
    }

    private static Json value(JsonObject json, Pointer place) {
        Json value = json.get("value");
        if (value == null) {
            throw invalid(place.child("value"), "is missing");
        }
        return value;
    }

    private static Pointer pointer(JsonObject json, String name, Pointer place) {
        try {
            return Pointer.parse(text(json, name, place));
        } catch (IllegalArgumentException wrong) {
            throw invalid(place.child(name), String.valueOf(wrong.getMessage()));
        }
    }

    private static String text(JsonObject json, String name, Pointer place) {
        if (json.get(name) instanceof JsonString(String text)) {
            return text;
        }
        throw invalid(place.child(name), json.has(name) ? "must be a string" : "is missing");
    }

    private static InvalidRequestException invalid(Pointer place, String reason) {
        return new InvalidRequestException(ErrorCode.INVALID_REQUEST, place, reason);
    }
}
