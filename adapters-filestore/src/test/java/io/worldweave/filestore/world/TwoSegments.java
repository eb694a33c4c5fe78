package io.worldweave.filestore.world;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.putOwn;
import static io.worldweave.domain.store.TestDeltas.run;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.nio.file.Path;
import java.util.List;

/** A world of 25 deltas, whose journal has two segments, with its copies. */
final class TwoSegments {
    static final WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));
    static final UserId ALICE = new UserId("alice");
    static final JsonObject SEED = JsonObject.of("season", Json.of("autumn"));
    static final int LIMIT = 10;

    private TwoSegments() {}

    /** Writes the world and returns its present state. */
    static WorldState writeTo(Path data) {
        try (FileWorldStore store = new FileWorldStore(data, LIMIT)) {
            Position base = head(store.open(WORLD, () -> SEED)).position();
            store.commit(WORLD, base, List.of(putOwn(0, ALICE, SEED)));
            for (int i = 1; i < 25; i++) {
                store.commit(WORLD, base.at(i), run(i, 1, "gate"));
                store.writeBehind();
            }
            return head(store.open(WORLD, () -> SEED));
        }
    }

    /** Returns the first segment's file. */
    static Path older(Path data) {
        return data.resolve("worlds/garden/journal-0000000000000000010.jsonl");
    }

    /** Returns the second segment's file. */
    static Path newer(Path data) {
        return data.resolve("worlds/garden/journal-0000000000000000020.jsonl");
    }
}
