package io.worldweave.tools;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.TestDeltas;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.util.List;

/** Three worlds with a history, receipts and a part of a player's own. */
final class Played {
    static final UserId ALICE = new UserId("alice@example.com");
    static final ExperienceId EXPERIENCE = new ExperienceId("garden");
    static final WorldId GARDEN = new WorldId.Shared(EXPERIENCE);
    static final WorldId COPY = new WorldId.Isolated(EXPERIENCE, ALICE);
    static final WorldId PROFILE = new WorldId.Profile(ALICE);
    static final List<WorldId> WORLDS = List.of(GARDEN, COPY, PROFILE);

    private static final JsonObject SEED =
            JsonObject.of("season", Json.of("autumn"), "name", Json.of("Gärten \u2028 😀"));

    private Played() {}

    static void into(WorldStore store) {
        for (WorldId world : WORLDS) {
            Position base = TestDeltas.head(store.open(world, () -> SEED)).position();
            store.commit(world, base, TestDeltas.run(0, 5, "gate"));
            store.commit(world, base.at(5), List.of(TestDeltas.putOwn(5, ALICE, SEED)));
            IdempotencyKey key = new IdempotencyKey(ALICE, "request-1");
            store.commit(
                    world, base.at(6), List.of(TestDeltas.putOnce(6, key, "lamp", Json.of("lit"))));
        }
    }
}
