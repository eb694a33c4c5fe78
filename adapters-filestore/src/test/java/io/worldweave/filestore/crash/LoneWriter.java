package io.worldweave.filestore.crash;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.store.TestDeltas;
import io.worldweave.domain.world.Position;
import io.worldweave.filestore.world.FileWorldStore;
import java.nio.file.Path;

/**
 * A process that commits one delta after another until it is killed, and goes on trying when the
 * store is unavailable. It says {@code told} and the revision, or {@code refused}.
 */
public final class LoneWriter {
    private static final int PAUSE_MILLIS = 50;

    private LoneWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        FileWorldStore store = new FileWorldStore(Path.of(arguments[0]), Writers.HISTORY_LIMIT);
        Position at = store.open(Writers.WORLD, () -> JsonObject.EMPTY).head().position();
        while (true) {
            try {
                Outcome outcome =
                        store.commit(Writers.WORLD, at, TestDeltas.run(at.revision(), 1, "gate"));
                at =
                        switch (outcome) {
                            case Outcome.Committed(Position committed) -> {
                                System.out.println("told " + committed.revision());
                                yield committed;
                            }
                            case Outcome.Conflict(Position ahead) -> ahead;
                            case Outcome.Rejected rejected ->
                                    throw new IllegalStateException(rejected.toString());
                        };
            } catch (StoreUnavailableException _) {
                System.out.println("refused");
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
