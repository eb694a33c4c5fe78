package io.worldweave.domain.patch;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An object that can be changed in place. Not thread-safe. */
final class OpenObject implements Opened {
    private final JsonObject origin;
    private final Map<String, Piece> members;

    OpenObject(JsonObject origin) {
        this.origin = origin;
        this.members = LinkedHashMap.newLinkedHashMap(origin.size());
        origin.forEach((name, value) -> members.put(name, new Piece.Whole(value)));
    }

    @Override
    public @Nullable Piece get(String token) {
        return members.get(token);
    }

    @Override
    public void set(String token, Piece piece) {
        members.put(token, piece);
    }

    @Override
    public void add(String token, Piece piece, Pointer path) {
        members.put(token, piece);
    }

    @Override
    public Piece remove(String token) {
        return Objects.requireNonNull(members.remove(token));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very value: that is what is asked for
    public Json value() {
        Map<String, Json> values = LinkedHashMap.newLinkedHashMap(members.size());
        boolean[] same = {members.size() == origin.size()};
        members.forEach((name, piece) -> {
            Json value = piece.value();
            same[0] &= value == origin.get(name);
            values.put(name, value);
        });
        return same[0] ? origin : JsonObject.of(values);
    }

    @Override
    public boolean isSameAs(Json value) {
        if (!(value instanceof JsonObject other) || other.size() != members.size()) {
            return false;
        }
        for (Map.Entry<String, Piece> member : members.entrySet()) {
            Json there = other.get(member.getKey());
            if (there == null || !member.getValue().isSameAs(there)) {
                return false;
            }
        }
        return true;
    }
}
