package io.worldweave.filestore.world;

import io.worldweave.domain.store.StoreUnavailableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What failed of several steps, none of which waits for another's success. Not thread-safe: of one
 * method.
 */
final class Failures {
    /** Something that may fail. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException, UnreadableLineException;
    }

    private @Nullable StoreUnavailableException first;

    /** Runs a step; if that fails, {@code what} begins the message. */
    void attempt(String what, Step step) {
        try {
            step.run();
        } catch (IOException | UnreadableLineException failure) {
            add(new StoreUnavailableException(what + ": " + failure.getMessage(), failure));
        } catch (StoreUnavailableException failure) {
            add(failure);
        }
    }

    private void add(StoreUnavailableException failure) {
        if (first == null) {
            first = failure;
        } else {
            first.addSuppressed(failure);
        }
    }

    /** Throws the first failure, with the others as suppressed ones, if there is any. */
    void throwIfAny() {
        if (first != null) {
            throw first;
        }
    }
}
