package io.worldweave.domain.live;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is to be woken when something has grown. One that fails harms neither the others nor whoever
 * wakes them.
 *
 * <p>Thread-safe.
 */
public final class Watchers {
    private static final System.Logger LOG = System.getLogger(Watchers.class.getName());

    private final Set<Runnable> wakes = ConcurrentHashMap.newKeySet();

    public void add(Runnable wake) {
        wakes.add(wake);
    }

    public void remove(Runnable wake) {
        wakes.remove(wake);
    }

    public int count() {
        return wakes.size();
    }

    public void wakeAll() {
        wakes.forEach(Watchers::wake);
    }

    /** Runs one wake; what it throws is reported and goes no further. */
    public static void wake(Runnable wake) {
        try {
            wake.run();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "a watcher could not be woken", failure);
        }
    }
}
