package io.worldweave.filestore.world;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I1: what a process acknowledged before it was killed is there when the next one starts. */
final class KilledStoreTest {
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));
    private static final int HISTORY_LIMIT = 40;
    private static final int KILLS = Boolean.getBoolean("long") ? 100 : 5;

    @TempDir Path data;

    /** What is killed: commits batches for ever and says which revision it has reached. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            FileWorldStore store = new FileWorldStore(Path.of(arguments[0]), HISTORY_LIMIT);
            Random random = new Random(Long.parseLong(arguments[1]));
            Position at = head(store.open(WORLD, () -> JsonObject.EMPTY)).position();
            while (true) {
                int batch = 1 + random.nextInt(4);
                Outcome outcome = store.commit(WORLD, at, run(at.revision(), batch, "gate"));
                at = ((Outcome.Committed) outcome).position();
                System.out.println(at.revision());
                if (random.nextInt(10) == 0) {
                    store.writeBehind();
                }
            }
        }
    }

    @Test
    void whatWasAcknowledgedBeforeAKillIsThere() throws Exception {
        long seed = Long.getLong("seed", 11);
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            long acknowledged = runAndKill(random.nextLong(), 20 + random.nextInt(300));

            try (FileWorldStore store = new FileWorldStore(data, HISTORY_LIMIT)) {
                WorldState state = head(store.open(WORLD, () -> JsonObject.EMPTY));
                assertThat(state.revision())
                        .as("seed %d, kill %d", seed, kill)
                        .isBetween(acknowledged, acknowledged + 4);
                assertThat(state.shared().content().get("gate"))
                        .isEqualTo(Json.of(state.revision()));
                assertThat(state.shared().revision()).isEqualTo(state.revision());
                Position earlier = state.position().at(state.revision() - 10);
                assertThat(store.since(WORLD, earlier))
                        .isEqualTo(new Since.Deltas(run(earlier.revision(), 10, "gate")));
            }
        }
    }

    /** Returns the last revision that the child acknowledged. */
    private long runAndKill(long seed, int commits) throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName(),
                                data.toString(),
                                Long.toString(seed))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader acknowledgements = child.inputReader()) {
            String last = null;
            for (int i = 0; i < commits; i++) {
                last = acknowledgements.readLine();
            }
            child.toHandle().destroyForcibly();
            String line = acknowledgements.readLine();
            while (line != null) {
                last = line;
                line = acknowledgements.readLine();
            }
            return Long.parseLong(last);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }
}
