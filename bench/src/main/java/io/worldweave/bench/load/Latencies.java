package io.worldweave.bench.load;

import java.util.Arrays;
import java.util.Locale;

/** Waiting times, in nanoseconds, of many tries of one thing. Not thread-safe. */
final class Latencies {
    private long[] nanos = new long[1_024];
    private int count;

    void add(long tookNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = tookNanos;
    }

    void addAll(Latencies others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    int count() {
        return count;
    }

    /** Returns the waiting time that this share of the tries did not exceed, in milliseconds. */
    String millis(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return millis(sorted, share);
    }

    /**
     * Returns a row of a Markdown table: count, p50, p90, p99, p99.9 and the longest, in
     * milliseconds.
     */
    String row(String what) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %s | %s | %s |",
                what,
                count,
                millis(sorted, 0.5),
                millis(sorted, 0.9),
                millis(sorted, 0.99),
                millis(sorted, 0.999),
                millis(sorted, 1));
    }

    static String heading() {
        return """
        | what | count | p50 ms | p90 ms | p99 ms | p99.9 ms | longest ms |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: |\
        """;
    }

    private static String millis(long[] sorted, double share) {
        if (sorted.length == 0) {
            return "-";
        }
        int index = Math.max(0, (int) Math.ceil(share * sorted.length) - 1);
        return String.format(Locale.ROOT, "%.2f", sorted[index] / 1e6);
    }
}
