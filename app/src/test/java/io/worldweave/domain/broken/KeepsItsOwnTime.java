package io.worldweave.domain.broken;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/** The ways to know the time without being told. */
public final class KeepsItsOwnTime {
    private KeepsItsOwnTime() {}

    /** In milliseconds. */
    public static final class InMillis {
        long now() {
            return System.currentTimeMillis();
        }
    }

    /** In nanoseconds. */
    public static final class InNanos {
        long now() {
            return System.nanoTime();
        }
    }

    /** By a reference, which is no call. */
    public static final class ByReference {
        LongSupplier clock() {
            return System::nanoTime;
        }
    }

    /** As an instant. */
    public static final class AsInstant {
        Instant now() {
            return Instant.now();
        }
    }

    /** By a clock of its own. */
    public static final class ByClock {
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
