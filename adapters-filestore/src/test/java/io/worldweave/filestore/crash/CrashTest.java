package io.worldweave.filestore.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.store.HistoryCheck;
import io.worldweave.domain.store.HistoryCheck.Violation;
import io.worldweave.filestore.crash.CrashingStore.End;
import io.worldweave.filestore.crash.Writers.Fault;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * I1: writers are killed wherever the store changes the disk, and at random, and nothing is lost,
 * added, doubled, left out or otherwise than somebody was told or saw.
 */
final class CrashTest {
    /** Killed by chance, beside once at each point. */
    private static final int KILLS = Boolean.getBoolean("long") ? 10_000 : 5;

    /** Where the disk is changed after it failed, or by a person who repairs: by no writer. */
    private static final Set<String> BY_NO_WRITER =
            Set.of(
                    "JournalFolder.deleteAfter deleteIfExists",
                    "Repair.apply deleteIfExists",
                    "Segment.begin deleteIfExists",
                    "Segment.discard deleteIfExists");

    private static final int BATCHES = 8;

    /**
     * At which of its writes a writer is killed to leave a torn one: it may not come to the last.
     */
    private static final int[] TORN_AT = {9, 3, 1};

    /** So often writers who do wrong are killed until it shows. */
    private static final int CONTROLS = 20;

    @TempDir static Path shared;
    private static CrashImage image;

    @TempDir Path folder;

    @BeforeAll
    static void makeTheImage() throws Exception {
        image = CrashImage.make(shared);
    }

    private CrashingStore store() throws Exception {
        return new CrashingStore(image, folder.resolve("data"), folder.resolve("copy"));
    }

    @Test
    void aWriterThatIsKilledWhereverTheDiskIsChangedLosesNothing() throws Exception {
        CrashingStore store = store();
        Set<String> missed = new TreeSet<>();
        long seed = Long.getLong("seed", 1);
        for (String site : image.sites()) {
            for (String point : DiskPoints.of(site).toList()) {
                if (!killedAt(store, point, seed)) {
                    missed.add(site);
                }
            }
        }

        report("at each point", store);
        assertNothingIsWrong(store);
        assertThat(missed).isEqualTo(BY_NO_WRITER);
    }

    /** Kills writers at a point, after others have left what it takes to come there. */
    private static boolean killedAt(CrashingStore store, String point, long seed) throws Exception {
        if (store.crash(End.at(point, 1), seed, BATCHES)) {
            return true;
        }
        for (int writes : TORN_AT) {
            // a writer that is done before its last write leaves nothing torn
            store.crash(End.at("Segment.append write half", writes), seed, BATCHES);
            if (store.crash(End.at(point, 1), seed, BATCHES)) {
                return true;
            }
        }
        store.crash(End.at("Segment.begin write half", 2), seed, 4 * BATCHES);
        return store.crash(End.at(point, 1), seed, BATCHES)
                || store.crash(End.at(point, 1), seed, 4 * BATCHES);
    }

    @Test
    void aWriterThatIsKilledAtAnyTimeLosesNothing() throws Exception {
        CrashingStore store = store();
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        List<String> points = image.sites().stream().flatMap(DiskPoints::of).toList();
        while (store.kills() < KILLS) {
            End end =
                    random.nextBoolean()
                            ? End.killedAfter(1 + random.nextInt(60))
                            : someVisitOf(points.get(random.nextInt(points.size())), random);
            store.crash(end, random.nextLong(), BATCHES);
            if (store.kills() % 100 == 0) {
                report("at any time", store);
            }
        }

        report("at any time", store);
        assertThat(store.check().examples()).as("seed %d", seed).isEmpty();
        assertNothingIsWrong(store);
    }

    /** Appending is what is done most; nothing else is done so often in one run. */
    private static End someVisitOf(String point, Random random) {
        return End.at(point, 1 + random.nextInt(point.startsWith("Segment.append") ? 30 : 3));
    }

    private static void assertNothingIsWrong(CrashingStore store) {
        assertThat(store.check().examples()).isEmpty();
        assertThat(store.check()).hasToString("0 lost, 0 phantom, 0 gap, 0 duplicate, 0 diverged");
        assertThat(store.check().acknowledged()).isPositive();
    }

    private static void report(String what, CrashingStore store) {
        HistoryCheck check = store.check();
        System.out.printf(
                "killed %s: %d kills, %d commits acknowledged, %d kept: %s%n",
                what, store.kills(), check.acknowledged(), check.kept(), check);
    }

    @Test
    void writersWhoDoWrongAreFoundOut() throws Exception {
        Map<Fault, Violation> found = new EnumMap<>(Fault.class);
        found.put(Fault.TELLS_BEFORE_IT_COMMITS, Violation.LOST);
        found.put(Fault.TELLS_WHAT_IT_NEVER_COMMITS, Violation.LOST);
        found.put(Fault.COMMITS_TWICE, Violation.DUPLICATE);
        found.put(Fault.COMMITS_WHAT_NOBODY_ASKED, Violation.PHANTOM);
        for (Map.Entry<Fault, Violation> entry : found.entrySet()) {
            CrashingStore store =
                    new CrashingStore(
                            image,
                            folder.resolve("data-" + entry.getKey()),
                            folder.resolve("copy"));

            // a kill may strike where nobody is between the telling and the commit
            for (int i = 0; i < CONTROLS && store.check().count(entry.getValue()) == 0; i++) {
                End end = End.at("Segment.append write half", 40 - i);
                store.crash(end, i, 2 * BATCHES, entry.getKey());
            }

            assertThat(store.check().count(entry.getValue()))
                    .as("%s: %s", entry.getKey(), store.check())
                    .isPositive();
        }
    }
}
