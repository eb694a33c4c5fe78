package io.worldweave.domain.kit;

import java.util.Random;
import java.util.SplittableRandom;

/**
 * Runs a test with many seeds. A failure names its seed, and {@code -Dseed=N} repeats that one
 * alone.
 */
public final class Seeded {
    private Seeded() {}

    /** A test that takes all its chance from {@code random}. */
    @FunctionalInterface
    public interface Body {
        void run(Random random) throws Exception;
    }

    /**
     * Runs {@code body} with the seeds 1 to {@code count}; ten times as many with {@code
     * -Dlong=true}.
     */
    public static void times(int count, Body body) {
        Long only = Long.getLong("seed");
        if (only != null) {
            run(only, body);
            return;
        }
        int all = Boolean.getBoolean("long") ? count * 10 : count;
        for (long seed = 1; seed <= all; seed++) {
            run(seed, body);
        }
    }

    private static void run(long seed, Body body) {
        try {
            body.run(new Random(mixed(seed)));
        } catch (Exception | AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + " (repeat with -Dseed=" + seed + "): " + failure.getMessage(),
                    failure);
        }
    }

    /** Spreads seeds over all numbers: small ones that follow one another draw alike at first. */
    private static long mixed(long seed) {
        return new SplittableRandom(seed).nextLong();
    }
}
