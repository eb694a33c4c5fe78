package io.worldweave.domain.json;

import java.util.List;

/** A JSON array whose elements have no identity but their index. A change to it copies it. */
public record JsonArray(List<Json> elements) implements Json {
    /** The array without elements; also how a collection without items is written. */
    public static final JsonArray EMPTY = new JsonArray(List.of());

    public JsonArray {
        elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
        return JsonText.write(this);
    }
}
