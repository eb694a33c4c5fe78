package io.worldweave.filestore.crash;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.HistoryCheck;
import io.worldweave.domain.store.HistoryCheck.Violation;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.world.WorldState;
import io.worldweave.filestore.world.FileWorldStore;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.ReadLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.util.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * A data directory whose processes crash, one after another, and what is known of it from outside.
 * After each crash a copy is opened and held against all that was said; the next process begins on
 * what the crash left.
 *
 * <p>Not thread-safe: of one test.
 */
final class CrashingStore {
    private static final int PROCESS_SECONDS = 60;

    /** How a process is to end: by itself at a point, or killed when it has said so many lines. */
    record End(@Nullable String point, int visit, int lines) {
        static final End ITS_OWN = new End(null, 0, Integer.MAX_VALUE);

        static End at(String point, int visit) {
            return new End(point, visit, Integer.MAX_VALUE);
        }

        static End killedAfter(int lines) {
            return new End(null, 0, lines);
        }
    }

    private final CrashImage image;
    private final Path data;
    private final Path copy;
    private final Path errors;
    private final HistoryCheck check = new HistoryCheck(Writers::markOf);
    private final Set<String> unanswered = new LinkedHashSet<>();
    private long stepping;
    private long stepped;
    private String steppedTo = "";
    private boolean adopting;
    private boolean adopted;
    private int runs;
    private int kills;

    /**
     * Begins with a data directory that is empty or absent.
     *
     * @param copy where the directory is copied to for each check
     */
    CrashingStore(CrashImage image, Path data, Path copy) throws IOException {
        Files.createDirectories(data);
        this.image = image;
        this.data = data;
        this.copy = copy;
        this.errors = copy.resolveSibling(copy.getFileName() + ".errors");
    }

    HistoryCheck check() {
        return check;
    }

    /** Returns how many processes ended before they were done. */
    int kills() {
        return kills;
    }

    /** Runs writers until their end and checks what they left; returns whether they were killed. */
    boolean crash(End end, long seed, int batches) throws Exception {
        return crash(end, seed, batches, Writers.Fault.NONE);
    }

    boolean crash(End end, long seed, int batches, Writers.Fault fault) throws Exception {
        boolean killed = run(end, seed, batches, fault);
        checkCopy();
        return killed;
    }

    /** What ends a process that does not end at a point. */
    @FunctionalInterface
    interface Stroke {
        /**
         * Ends the process, which goes on speaking meanwhile.
         *
         * @param dark to be run when what it says from now on is not to be believed
         */
        void hit(Process process, Runnable dark) throws Exception;
    }

    private boolean run(End end, long seed, int batches, Writers.Fault fault) throws Exception {
        return run(
                end,
                seed,
                batches,
                fault,
                List.of(),
                (process, _) -> process.toHandle().destroyForcibly());
    }

    /**
     * Runs writers until they have said so many lines and then lets {@code stroke} end them; the
     * files are to be checked by {@link #checkCopy}.
     */
    void run(int lines, long seed, int batches, List<String> options, Stroke stroke)
            throws Exception {
        run(End.killedAfter(lines), seed, batches, Writers.Fault.NONE, options, stroke);
    }

    private boolean run(
            End end,
            long seed,
            int batches,
            Writers.Fault fault,
            List<String> options,
            Stroke stroke)
            throws Exception {
        runs++;
        AtomicBoolean dark = new AtomicBoolean();
        FutureTask<Void> striking = null;
        List<String> all = new ArrayList<>(options);
        if (end.point() != null) {
            all.add("-Dcrash.point=" + end.point());
            all.add("-Dcrash.visit=" + end.visit());
        }
        List<String> arguments = new ArrayList<>();
        arguments.addAll(
                List.of(
                        data.toString(),
                        Integer.toString(runs),
                        Long.toString(seed),
                        Integer.toString(batches),
                        fault.name()));
        arguments.addAll(unanswered);
        Process process =
                image.process(all, Writers.class, arguments).redirectError(errors.toFile()).start();
        try (BufferedReader lines = process.inputReader()) {
            int count = 0;
            String line;
            while ((line = lines.readLine()) != null) {
                count++;
                if (!dark.get() || isIntention(line)) {
                    heard(line);
                }
                if (count == end.lines()) {
                    striking =
                            new FutureTask<>(() -> {
                                stroke.hit(process, () -> dark.set(true));
                                return null;
                            });
                    Thread.ofPlatform().start(striking);
                }
            }
        }
        if (striking != null) {
            striking.get();
        }
        if (!process.waitFor(PROCESS_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the writers did not end");
        }
        int status = process.exitValue();
        if (striking == null && status != 0 && status != DiskPoints.STATUS) {
            throw new AssertionError(
                    "the writers ended with " + status + ":\n" + Files.readString(errors));
        }
        kills += status == 0 ? 0 : 1;
        return status != 0;
    }

    private static boolean isIntention(String line) {
        return line.startsWith("asks ") || line.startsWith("steps ") || line.equals("adopts");
    }

    private void heard(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "asks" -> {
                for (int i = 1; i < words.length; i++) {
                    check.asked(words[i]);
                    unanswered.add(words[i]);
                }
            }
            case "told" -> {
                for (int i = 1; i + 1 < words.length; i += 2) {
                    check.told(words[i], Long.parseLong(words[i + 1]));
                    unanswered.remove(words[i]);
                }
            }
            case "sees" -> check.saw(words[1], Long.parseLong(words[2]));
            case "adopts" -> adopting = true;
            case "adopted" -> adopted = true;
            case "steps" -> stepping = Long.parseLong(words[1]);
            case "stepped" -> {
                stepped = Long.parseLong(words[1]);
                steppedTo = words[2] + " " + words[3];
            }
            default -> throw new AssertionError("the writers said " + line);
        }
    }

    /** Opens a copy of the store and holds it against all that was said. */
    void checkCopy() throws IOException {
        delete(copy);
        copy(data, copy);
        check(copy);
    }

    private void check(Path folder) throws IOException {
        try (FileWorldStore store = new FileWorldStore(folder, Writers.HISTORY_LIMIT)) {
            // The copies for people are read first: opening writes nothing, closing does.
            checkCopies(folder);
            if (store.worlds().contains(Writers.WORLD)) {
                check.found(store.open(Writers.WORLD, () -> JsonObject.EMPTY));
            } else {
                check.foundNothing();
            }
            checkSteps(store);
            checkAdopted(store);
        } catch (StoreUnavailableException refused) {
            check.violated(Violation.LOST, "a world: " + refused.getMessage());
        }
    }

    private void checkSteps(FileWorldStore store) {
        if (!store.worlds().contains(Steps.WORLD)) {
            if (stepped > 0) {
                check.violated(Violation.LOST, "the world of steps");
            }
            return;
        }
        WorldState state = store.open(Steps.WORLD, () -> JsonObject.EMPTY).head();
        long step = Steps.step(state);
        if (step < stepped) {
            check.violated(Violation.LOST, "step " + stepped + ", which is " + step);
        } else if (step > Math.max(stepped, stepping)) {
            check.violated(Violation.PHANTOM, "step " + step);
        } else if (step == stepped
                && step > 0
                && !steppedTo.equals(state.position().epoch() + " " + state.revision())) {
            check.violated(
                    Violation.DIVERGED,
                    "step %d was told to be at %s and is at %s"
                            .formatted(step, steppedTo, state.position()));
        }
        stepped = step;
        stepping = step;
        steppedTo = state.position().epoch() + " " + state.revision();
    }

    private void checkAdopted(FileWorldStore store) throws IOException {
        var world = Steps.adopted(Integer.toString(runs));
        boolean there = store.worlds().contains(world);
        if (adopted && !there) {
            check.violated(Violation.LOST, "a world that was taken over");
        } else if (there && !adopting) {
            check.violated(Violation.PHANTOM, "a world that nobody took over");
        } else if (there && !store.open(world, () -> JsonObject.EMPTY).equals(Steps.history())) {
            check.violated(Violation.DIVERGED, "a world that was taken over");
        }
        adopting = false;
        adopted = false;
        delete(data.resolve("worlds/from-" + runs));
    }

    /** A copy for people is whole or not there, and never ahead of the world. */
    private static void checkCopies(Path folder) throws IOException {
        Path file = folder.resolve("worlds/garden/world.json");
        if (Files.exists(file)) {
            JsonReader.withLimits(ReadLimits.FILE).readObject(Files.readAllBytes(file));
        }
    }

    /** Copies all files below a folder. */
    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.copy(file, to.resolve(from.relativize(file).toString()));
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** Deletes a folder and all that is in it, if it is there. */
    private static void delete(Path folder) throws IOException {
        FileUtils.delete(folder.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
    }
}
