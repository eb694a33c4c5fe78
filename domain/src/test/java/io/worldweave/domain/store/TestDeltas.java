package io.worldweave.domain.store;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;

/** Deltas for tests of stores. */
public final class TestDeltas {
    private TestDeltas() {}

    /** Returns a delta that puts a member into the shared document. */
    public static Delta put(long base, String name, Json value) {
        return of(base, new Change.Add(Part.SHARED, Pointer.of(name), value));
    }

    /** Returns a delta that makes {@code value} the whole of a player's own part. */
    public static Delta putOwn(long base, UserId owner, Json value) {
        return of(base, new Change.Add(Part.own(owner), Pointer.ROOT, value));
    }

    /** Returns a delta that applies to no state of these tests. */
    public static Delta impossible(long base) {
        return of(base, new Change.Remove(Part.SHARED, Pointer.of("never_there")));
    }

    public static Delta of(long base, Change... changes) {
        return new Delta(base, new Actor.Service("test"), "test", 1_000 + base, List.of(changes));
    }

    /**
     * Returns {@code count} deltas, one after the other, that set {@code name} to their revision.
     */
    public static List<Delta> run(long base, int count, String name) {
        List<Delta> deltas = new ArrayList<>();
        for (long at = base; at < base + count; at++) {
            deltas.add(put(at, name, Json.of(at + 1)));
        }
        return deltas;
    }

    /** Returns a delta with a receipt, as {@link #put} makes it otherwise. */
    public static Delta putOnce(long base, IdempotencyKey key, String name, Json value) {
        Delta plain = put(base, name, value);
        JsonObject answer = JsonObject.of("put", Json.of(name), "value", value);
        return new Delta(
                base,
                plain.actor(),
                plain.cause(),
                plain.timestampMillis(),
                plain.changes(),
                new Receipt(key, "fingerprint of " + name, answer));
    }

    /** Returns the present state that a history leads to. */
    public static WorldState head(History history) {
        return history.head();
    }
}
