package io.worldweave.filestore.crash;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.filestore.world.FileWorldStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that opens a world, says what it is shown, and changes nothing until it is killed. It
 * says {@code sees} and the revision, or {@code refused} and why.
 */
public final class Onlooker {
    private Onlooker() {}

    public static void main(String[] arguments) throws IOException {
        try {
            FileWorldStore store = new FileWorldStore(Path.of(arguments[0]), Writers.HISTORY_LIMIT);
            System.out.println(
                    "sees " + store.open(Writers.WORLD, () -> JsonObject.EMPTY).head().revision());
        } catch (StoreUnavailableException refused) {
            System.out.println("refused " + refused.getMessage());
        }
        int nobodySpeaks = System.in.read();
        System.exit(nobodySpeaks);
    }
}
