package io.worldweave.wire;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Runs a test once for each seed; a failure names its seed, and {@code -Dseed=N} repeats it. */
final class Seeded {
    private Seeded() {}

    static void times(int runs, Consumer<SplittableRandom> test) {
        String seed = System.getProperty("seed", "");
        LongStream seeds =
                seed.isEmpty() ? LongStream.range(0, runs) : LongStream.of(Long.parseLong(seed));
        seeds.forEach(each -> {
            try {
                test.accept(new SplittableRandom(each));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("with -Dseed=" + each, failure);
            }
        });
    }
}
