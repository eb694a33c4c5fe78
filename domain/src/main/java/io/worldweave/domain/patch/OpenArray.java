package io.worldweave.domain.patch;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.PlainJson;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.patch.JsonPatch.RefusedException;
import io.worldweave.domain.world.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array, or a collection as one, that can be changed in place. Not thread-safe. */
final class OpenArray implements Opened {
    private static final String END = "-";

    private final Json origin;
    private final List<? extends Json> before;
    private final List<Piece> elements;

    OpenArray(Json origin, List<? extends Json> before) {
        this.origin = origin;
        this.before = before;
        this.elements = new ArrayList<>(before.size());
        before.forEach(value -> elements.add(new Piece.Whole(value)));
    }

    @Override
    public @Nullable Piece get(String token) {
        int index = Pointer.index(token);
        return index >= 0 && index < elements.size() ? elements.get(index) : null;
    }

    @Override
    public void set(String token, Piece piece) {
        elements.set(Pointer.index(token), piece);
    }

    @Override
    public void add(String token, Piece piece, Pointer path) {
        int index = token.equals(END) ? elements.size() : Pointer.index(token);
        if (index < 0 || index > elements.size()) {
            throw new RefusedException(
                    new Rejection.WrongKind(
                            path, "an array of " + elements.size() + " has no such place"));
        }
        elements.add(index, piece);
    }

    @Override
    public Piece remove(String token) {
        return elements.remove(Pointer.index(token));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very value: that is what is asked for
    public Json value() {
        List<Json> values = new ArrayList<>(elements.size());
        boolean same = elements.size() == before.size();
        for (int i = 0; i < elements.size(); i++) {
            Json value = elements.get(i).value();
            same = same && value == before.get(i);
            values.add(value);
        }
        return same ? origin : Json.array(values);
    }

    @Override
    public boolean isSameAs(Json value) {
        int size =
                switch (value) {
                    case JsonCollection collection -> collection.size();
                    case JsonArray array -> array.elements().size();
                    default -> -1;
                };
        List<? extends Json> others = size == elements.size() ? PlainJson.elements(value) : null;
        if (others == null) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!elements.get(i).isSameAs(others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
