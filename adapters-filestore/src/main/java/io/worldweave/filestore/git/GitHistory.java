package io.worldweave.filestore.git;

import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.world.CopiesWritten;
import io.worldweave.filestore.world.CopyListener;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.jspecify.annotations.Nullable;

/**
 * Commits the copies for people to a git repository in the data directory, each world's by itself,
 * with who changed it as the author and what made the changes as the message.
 *
 * <p>A thread of its own does that: nobody waits for git, and a git that fails is reported in the
 * log and disturbs nobody. What waits for the same world is one commit. If too many worlds wait,
 * the copies of further ones become part of their next commit.
 *
 * <p>Thread-safe. Only {@link #close} blocks.
 */
public final class GitHistory implements CopyListener {
    /** No more worlds wait. */
    static final int LIMIT = 1_024;

    /** So long a stop waits for what is still to be committed. */
    static final Duration DRAIN = Duration.ofSeconds(10);

    /** A git that fails is reported so often. */
    private static final Duration REPORTS = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(GitHistory.class.getName());

    private final CopiesRepository repository;
    private final SequencedMap<WorldId, CopiesWritten> waiting = new LinkedHashMap<>();
    private final Thread worker;
    private boolean closed;
    private long reportedNanos = System.nanoTime() - REPORTS.toNanos();

    private GitHistory(Path data) {
        repository = new CopiesRepository(data);
        worker = Thread.ofVirtual().name("worldweave-git").unstarted(this::work);
    }

    /**
     * Begins to keep a history of the copies in {@code data}; the repository is made if need be.
     */
    public static GitHistory of(Path data) {
        GitHistory history = new GitHistory(data);
        history.worker.start();
        return history;
    }

    @Override
    public synchronized void written(CopiesWritten copies) {
        if (closed) {
            return;
        }
        if (waiting.size() < LIMIT || waiting.containsKey(copies.world())) {
            waiting.merge(copies.world(), copies, CopiesWritten::and);
            notifyAll();
        } else {
            report(
                    "so many worlds wait to be committed that " + copies.world() + " does not",
                    null);
        }
    }

    private void work() {
        try (repository) {
            for (CopiesWritten next = next(); next != null; next = next()) {
                commit(next);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(CopiesWritten copies) {
        try {
            repository.commit(copies);
        } catch (IOException | GitAPIException | RuntimeException failure) {
            report("world " + copies.world() + " was not committed to git", failure);
        }
    }

    /** Waits for what is to be committed next; returns null when that is nothing any more. */
    private synchronized @Nullable CopiesWritten next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return waiting.isEmpty() ? null : waiting.pollFirstEntry().getValue();
    }

    private synchronized void report(String what, @Nullable Exception failure) {
        long now = System.nanoTime();
        if (now - reportedNanos >= REPORTS.toNanos()) {
            reportedNanos = now;
            LOG.log(Level.WARNING, what, failure);
        }
    }

    /** Waits at most {@link #DRAIN} for what is still to be committed. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            if (!worker.join(DRAIN)) {
                worker.interrupt();
                LOG.log(Level.WARNING, "not all copies were committed to git");
            }
        } catch (InterruptedException hurry) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
