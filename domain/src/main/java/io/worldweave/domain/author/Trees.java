package io.worldweave.domain.author;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts and takes away values at places of documents, along objects and lists of things. */
final class Trees {
    private Trees() {}

    /** Returns the document with {@code value} at a place whose holder is there. */
    static JsonObject with(JsonObject document, Pointer place, Json value) {
        return place.isRoot()
                ? (JsonObject) value
                : (JsonObject) changed(document, place.tokens(), value);
    }

    /** Returns the document without what is at the place, if anything is. */
    static JsonObject without(JsonObject document, Pointer place) {
        return place.in(document) == null
                ? document
                : (JsonObject) changed(document, place.tokens(), null);
    }

    private static Json changed(Json at, List<String> tokens, @Nullable Json value) {
        String token = tokens.getFirst();
        List<String> rest = tokens.subList(1, tokens.size());
        Json inner = Pointer.step(at, token);
        Json put = rest.isEmpty() || inner == null ? value : changed(inner, rest, value);
        return switch (at) {
            case JsonObject object -> put == null ? object.without(token) : object.with(token, put);
            case JsonCollection collection ->
                    put == null
                            ? collection.without(token)
                            : collection.with(token, (JsonObject) put);
            case JsonArray array when array.elements().isEmpty() && put != null ->
                    JsonCollection.of(List.of((JsonObject) put));
            default -> throw new IllegalArgumentException("nothing can be put into " + at);
        };
    }
}
