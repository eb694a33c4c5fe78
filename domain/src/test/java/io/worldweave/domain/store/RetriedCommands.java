package io.worldweave.domain.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.Commitment;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.Once;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;

/**
 * A client who gives each command to two nodes at once and repeats it until both have answered, and
 * now and then once more, while both lose commits and answers. Each command counts a clock up by
 * one and is answered with what it shows.
 *
 * <p>Not thread-safe: of one test.
 */
final class RetriedCommands {
    private static final UserId ALICE = new UserId("alice");
    private static final int TRIES = 10_000;

    private final WorldStore store;
    private final WorldId world;
    private final long seed;
    private final LocalBus bus = new LocalBus();
    private final List<String> answers = new ArrayList<>();

    RetriedCommands(WorldStore store, WorldId world, long seed) {
        this.store = store;
        this.world = world;
        this.seed = seed;
    }

    /** Gives so many commands, and checks that both nodes answer each of them alike. */
    void run(int commands) throws Exception {
        Phaser together = new Phaser(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<List<String>>> nodes = new ArrayList<>();
            for (int node = 1; node <= 2; node++) {
                Random random = new Random(seed * node);
                nodes.add(threads.submit(() -> give(commands, random, together)));
            }
            answers.addAll(nodes.getFirst().get());
            assertThat(nodes.getLast().get()).isEqualTo(answers);
        }
    }

    /** Returns what the commands were answered, in their order. */
    List<String> answers() {
        return answers;
    }

    /** Ends the other node's commands too if it fails. */
    private List<String> give(int commands, Random random, Phaser together) {
        boolean given = false;
        try {
            Worlds worlds =
                    new Worlds(
                            new ForgetfulStore(store, random),
                            bus.join(),
                            new VirtualScheduler(),
                            LiveLimits.DEFAULT);
            List<String> answered = new ArrayList<>();
            for (int command = 0; command < commands; command++) {
                meet(together);
                IdempotencyKey key = new IdempotencyKey(ALICE, "command " + command);
                String answer = answer(worlds, key);
                if (random.nextInt(4) == 0) {
                    assertThat(answer(worlds, key)).as(key.text()).isEqualTo(answer);
                }
                answered.add(answer);
                meet(together);
                assertThat(store.position(world).revision()).isEqualTo(answered.size());
            }
            given = true;
            return answered;
        } finally {
            if (!given) {
                together.forceTermination();
            }
        }
    }

    private static void meet(Phaser together) {
        if (together.arriveAndAwaitAdvance() < 0) {
            throw new AssertionError("the other node has failed");
        }
    }

    private String answer(Worlds worlds, IdempotencyKey key) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                Once<String> once =
                        worlds.commitOnce(
                                worlds.open(world, () -> JsonObject.EMPTY),
                                Actor.of(ALICE),
                                key,
                                state -> counted(key, clock(state) + 1));
                switch (once) {
                    case Once.First<String>(Commitment.Made<String> made) -> {
                        return made.result();
                    }
                    case Once.Repeated<String> repeated -> {
                        return String.valueOf(repeated.receipt().answer().get("clock"));
                    }
                    case Once.First<String> _, Once.InProgress<String> _ -> Thread.onSpinWait();
                }
            } catch (StoreUnavailableException _) {
                // It was made, or it was not: only asking again tells.
            }
        }
        throw new AssertionError(key.text() + " was not answered in " + TRIES + " tries");
    }

    private static Proposal<String> counted(IdempotencyKey key, long next) {
        Change change = new Change.Add(Part.SHARED, Pointer.of("clock"), Json.of(next));
        JsonObject answer = JsonObject.of("clock", Json.of(next));
        return new Proposal<>(
                List.of(change),
                "tick",
                String.valueOf(answer.get("clock")),
                new Receipt(key, "tick", answer));
    }

    private static long clock(WorldState state) {
        return state.shared().content().get("clock") instanceof JsonNumber number
                ? number.value().longValueExact()
                : 0;
    }
}
