package io.worldweave.domain.broken;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** The ways to leave the thread one was given. */
public final class StartsThreads {
    private StartsThreads() {}

    /** By hand. */
    public static final class ByHand {
        void run() {
            Thread.ofVirtual().start(() -> {});
        }
    }

    /** By an executor. */
    public static final class ByExecutor {
        void run() {
            Executors.newCachedThreadPool().close();
        }
    }

    /** By a future. */
    public static final class ByFuture {
        void run() {
            CompletableFuture.runAsync(() -> {}).join();
        }
    }

    /** By a stream. */
    public static final class ByStream {
        void run() {
            List.of(1, 2).parallelStream().forEach(number -> {});
        }
    }
}
