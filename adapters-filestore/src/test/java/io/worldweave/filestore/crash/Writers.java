package io.worldweave.filestore.crash;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.world.FileWorldStore;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The process that crashes: several writers of one world, a reader of it, and somebody who works on
 * a second world as {@link Steps}. It says on its standard output, a line a time, what each is
 * about to ask, is told and sees; what it said before it crashed is not lost.
 *
 * <p>Arguments: the data directory, the number of the run, a seed, how many batches each writer
 * commits, the {@link Fault} of the writers, and the marks that the last run was not told about.
 */
public final class Writers {
    static final WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));
    static final UserId WRITER = new UserId("writer");

    /** So many deltas are kept: more than a run makes, so that each can be checked after it. */
    static final int HISTORY_LIMIT = 280;

    private static final int WRITERS = 3;

    /** What is wrong with the writers, so that a check can be seen to find it. */
    enum Fault {
        NONE,
        TELLS_BEFORE_IT_COMMITS,
        TELLS_WHAT_IT_NEVER_COMMITS,
        COMMITS_TWICE,
        COMMITS_WHAT_NOBODY_ASKED
    }

    private final FileWorldStore store;
    private final String run;
    private final long seed;
    private final int batches;
    private final Fault fault;
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private volatile boolean over;

    private Writers(String[] arguments) {
        store = new FileWorldStore(Path.of(arguments[0]), HISTORY_LIMIT);
        run = arguments[1];
        seed = Long.parseLong(arguments[2]);
        batches = Integer.parseInt(arguments[3]);
        fault = Fault.valueOf(arguments[4]);
    }

    public static void main(String[] arguments) throws Exception {
        Writers writers = new Writers(arguments);
        writers.write(List.of(arguments).subList(5, arguments.length));
        writers.store.close();
    }

    /** Returns the mark of a delta that these writers made, or null. */
    static String markOf(Delta delta) {
        Receipt receipt = delta.receipt();
        return receipt == null ? delta.cause() : receipt.key().text();
    }

    private void write(List<String> unanswered) throws InterruptedException {
        store.open(WORLD, () -> JsonObject.EMPTY);
        unanswered.forEach(this::repeat);
        List<Thread> others =
                List.of(
                        Thread.ofPlatform().start(this::read),
                        Thread.ofPlatform().start(this::tend));
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            writers.add(Thread.ofPlatform().start(() -> write(number)));
        }
        Steps steps = new Steps(store, run, this::say);
        writers.add(Thread.ofPlatform().start(() -> steps.go(new Random(seed), batches)));
        for (Thread writer : writers) {
            writer.join();
        }
        over = true;
        for (Thread other : others) {
            other.join();
        }
    }

    /** Says a line; it is with the one who listens when this returns. */
    private synchronized void say(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException nobodyListens) {
            throw new UncheckedIOException(nobodyListens);
        }
    }

    private void write(int writer) {
        Random random = new Random(seed + writer);
        for (int batch = 0; batch < batches; batch++) {
            List<String> marks = new ArrayList<>();
            int size = 1 + random.nextInt(4);
            for (int i = 0; i < size; i++) {
                marks.add(run + "-" + writer + "-" + batch + "-" + i);
            }
            say("asks " + String.join(" ", marks));
            if (fault == Fault.TELLS_WHAT_IT_NEVER_COMMITS && batch % 7 == 6) {
                tell(marks, store.position(WORLD).revision());
            } else {
                commit(writer, marks);
            }
        }
    }

    /** Asks again for what the last run was not told about. */
    private void repeat(String mark) {
        say("asks " + mark);
        IdempotencyKey key = new IdempotencyKey(WRITER, mark);
        Receipt receipt = store.receipts(WORLD, Set.of(key)).get(key);
        if (receipt == null) {
            commit(0, List.of(mark));
        } else {
            say("told " + mark + " " + receipt.answer().get("revision"));
        }
    }

    private void commit(int writer, List<String> marks) {
        while (true) {
            Position base = store.position(WORLD);
            if (fault == Fault.TELLS_BEFORE_IT_COMMITS) {
                tell(marks, base.revision());
            }
            List<Delta> deltas = deltas(writer, base.revision(), marks);
            if (store.commit(WORLD, base, deltas) instanceof Outcome.Committed) {
                if (fault == Fault.COMMITS_TWICE && marks.hashCode() % 5 == 0) {
                    commitOnce(writer, marks);
                } else if (fault == Fault.COMMITS_WHAT_NOBODY_ASKED && marks.size() == 1) {
                    commitOnce(writer, List.of("nobodys-" + marks.getFirst()));
                }
                if (fault != Fault.TELLS_BEFORE_IT_COMMITS) {
                    tell(marks, base.revision());
                }
                return;
            }
        }
    }

    private void commitOnce(int writer, List<String> marks) {
        Position base = store.position(WORLD);
        store.commit(WORLD, base, deltas(writer, base.revision(), marks));
    }

    private void tell(List<String> marks, long base) {
        StringBuilder line = new StringBuilder("told");
        long revision = base;
        for (String mark : marks) {
            revision++;
            line.append(' ').append(mark).append(' ').append(revision);
        }
        say(line.toString());
    }

    private static List<Delta> deltas(int writer, long base, List<String> marks) {
        List<Delta> deltas = new ArrayList<>();
        for (String mark : marks) {
            deltas.add(delta(writer, base + deltas.size(), mark));
        }
        return deltas;
    }

    private static Delta delta(int writer, long base, String mark) {
        JsonObject place = JsonObject.of("mark", Json.of(mark), "after", Json.of(base));
        List<Change> changes =
                base % 8 == 0
                        ? List.of(new Change.Add(Part.own(WRITER), Pointer.ROOT, place))
                        : List.of(
                                new Change.Add(Part.SHARED, Pointer.of("writer-" + writer), place));
        Receipt receipt =
                new Receipt(
                        new IdempotencyKey(WRITER, mark),
                        "crash",
                        JsonObject.of("revision", Json.of(base + 1)));
        return new Delta(base, Actor.of(WRITER), "crash", 1_000 + base, changes, receipt);
    }

    /** Says what a reader sees that follows the world. */
    private void read() {
        Position at = store.position(WORLD);
        while (!over) {
            if (store.since(WORLD, at) instanceof Since.Deltas(List<Delta> deltas)) {
                for (Delta delta : deltas) {
                    say("sees " + markOf(delta) + " " + delta.revision());
                    at = at.at(delta.revision());
                }
            }
            pause();
        }
    }

    private void tend() {
        while (!over) {
            store.writeBehind();
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(3);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
