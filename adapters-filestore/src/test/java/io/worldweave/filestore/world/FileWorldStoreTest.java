package io.worldweave.filestore.world;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.put;
import static io.worldweave.domain.store.TestDeltas.putOwn;
import static io.worldweave.domain.store.TestDeltas.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.store.TestDeltas;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.wire.JsonReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWorldStoreTest {
    private static final ExperienceId GARDEN = new ExperienceId("garden");
    private static final WorldId WORLD = new WorldId.Shared(GARDEN);
    private static final UserId ALICE = new UserId("alice@example.com");
    private static final JsonObject SEED = JsonObject.of("season", Json.of("autumn"));

    private static final String AUTUMN =
            """
            {
              "player": {
                "season": "autumn"
              },
              "metadata": {
                "_version": %d
              }
            }
            """;

    @TempDir Path data;

    private static Position open(FileWorldStore store, WorldId world) {
        return head(store.open(world, () -> SEED)).position();
    }

    private List<String> journals() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("worlds/garden"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("journal-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void eachWorldHasAFolderThatSaysWhoseItIs() {
        try (FileWorldStore store = new FileWorldStore(data)) {
            open(store, WORLD);
            open(store, new WorldId.Isolated(GARDEN, ALICE));
            open(store, new WorldId.Profile(ALICE));
        }

        assertThat(data.resolve("worlds/garden/world.json")).exists();
        assertThat(data.resolve("players/alice%40example%2Ecom/garden/world.json")).exists();
        assertThat(data.resolve("players/alice%40example%2Ecom/_profile/profile.json")).exists();
    }

    @Test
    void theCopyForPeopleIsThePresentStateWithItsVersion() throws Exception {
        try (FileWorldStore store = new FileWorldStore(data)) {
            Position base = open(store, WORLD);
            store.commit(WORLD, base, List.of(put(0, "gate", Json.of("open"))));
            store.commit(WORLD, base.at(1), List.of(putOwn(1, ALICE, SEED)));
            store.writeBehind();

            assertThat(data.resolve("worlds/garden/world.json"))
                    .hasContent(
                            """
                            {
                              "metadata": {
                                "_version": 1,
                                "_epoch": "%s"
                              },
                              "season": "autumn",
                              "gate": "open"
                            }
                            """
                                    .formatted(base.epoch()));
            assertThat(view("alice%40example%2Ecom")).hasContent(AUTUMN.formatted(2));
        }
    }

    private Path view(String player) {
        return data.resolve("players").resolve(player).resolve("garden/view.json");
    }

    @Test
    void onlyThoseWhosePartChangedAreWrittenAnew() throws Exception {
        UserId bob = new UserId("bob");
        try (FileWorldStore store = new FileWorldStore(data)) {
            Position base = open(store, WORLD);
            store.commit(WORLD, base, List.of(putOwn(0, ALICE, SEED), putOwn(1, bob, SEED)));
            store.writeBehind();
            Files.delete(view("bob"));

            store.commit(WORLD, base.at(2), List.of(putOwn(2, ALICE, JsonObject.EMPTY)));
            store.writeBehind();

            assertThat(view("bob")).doesNotExist();
            assertThat(view("alice%40example%2Ecom"))
                    .hasContent(
                            """
                            {
                              "player": {},
                              "metadata": {
                                "_version": 3
                              }
                            }
                            """);
            Change.Remove all = new Change.Remove(Part.own(ALICE), Pointer.ROOT);
            store.commit(WORLD, base.at(3), List.of(TestDeltas.of(3, all)));
            store.writeBehind();
            assertThat(view("alice%40example%2Ecom")).doesNotExist();
        }
    }

    @Test
    void thePartOfThePlayerOfAnIsolatedWorldStandsBesideIt() {
        WorldId world = new WorldId.Isolated(GARDEN, ALICE);
        try (FileWorldStore store = new FileWorldStore(data)) {
            store.commit(world, open(store, world), List.of(putOwn(0, ALICE, SEED)));
        }

        assertThat(view("alice%40example%2Ecom")).hasContent(AUTUMN.formatted(1));
        assertThat(view("alice%40example%2Ecom").resolveSibling("world.json")).exists();
    }

    @Test
    void whatACrashKeptFromBeingCopiedIsCopiedAfterTheNextStart() throws Exception {
        try (FileWorldStore store = new FileWorldStore(data)) {
            store.commit(WORLD, open(store, WORLD), List.of(putOwn(0, ALICE, SEED)));
        }
        Files.delete(view("alice%40example%2Ecom"));

        try (FileWorldStore store = new FileWorldStore(data)) {
            open(store, WORLD);
            store.writeBehind();
            assertThat(view("alice%40example%2Ecom")).hasContent(AUTUMN.formatted(1));
        }
    }

    @Test
    void manyPlayersAreCopiedBitByBitAndOneWhoCannotBeHoldsUpNobody() throws Exception {
        int count = PlayerCopies.WRITE_LIMIT + 10;
        Files.createDirectories(data.resolve("players"));
        Files.writeString(data.resolve("players/u0"), "in the way");
        try (FileWorldStore store = new FileWorldStore(data)) {
            Position base = open(store, WORLD);
            for (int i = 0; i < count; i++) {
                store.commit(WORLD, base.at(i), List.of(putOwn(i, new UserId("u" + i), SEED)));
            }

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(store::writeBehind)
                    .withMessageContaining("u0");
            assertThat(copied(count)).isEqualTo(PlayerCopies.WRITE_LIMIT - 1);

            Files.delete(data.resolve("players/u0"));
            store.writeBehind();
            assertThat(copied(count)).isEqualTo(count);
        }
    }

    private long copied(int count) {
        return IntStream.range(0, count).filter(i -> Files.exists(view("u" + i))).count();
    }

    @Test
    void aCommitDoesNotWaitForTheCopyForPeople() {
        try (FileWorldStore store = new FileWorldStore(data)) {
            Position base = open(store, WORLD);
            store.commit(WORLD, base, run(0, 1, "gate"));

            assertThat(data.resolve("worlds/garden/world.json")).doesNotExist();
        }
    }

    @Test
    void aLongJournalBeginsAnewAndKeepsItsHistory() throws Exception {
        int limit = 10;
        Position base;
        try (FileWorldStore store = new FileWorldStore(data, limit)) {
            base = open(store, WORLD);
            for (int i = 0; i < 100; i++) {
                store.commit(WORLD, base.at(i), run(i, 1, "gate"));
                store.writeBehind();
                assertThat(journals()).hasSizeLessThanOrEqualTo(2);
            }
        }

        try (FileWorldStore store = new FileWorldStore(data, limit)) {
            assertThat(open(store, WORLD)).isEqualTo(base.at(100));
            assertThat(store.since(WORLD, base.at(90)))
                    .isEqualTo(new Since.Deltas(run(90, limit, "gate")));
            assertThat(store.since(WORLD, base.at(89))).isEqualTo(new Since.Gone(base.at(100)));
        }
    }

    @Test
    void commitsGoOnWhileAJournalBeginsAnew() throws Exception {
        int commits = 400;
        Position base;
        try (FileWorldStore store = new FileWorldStore(data, 5);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            base = open(store, WORLD);
            CountDownLatch done = new CountDownLatch(1);
            Future<?> behind =
                    threads.submit(() -> {
                        while (done.getCount() > 0) {
                            store.writeBehind();
                        }
                    });
            for (int i = 0; i < commits; i++) {
                assertThat(store.commit(WORLD, base.at(i), run(i, 1, "gate")))
                        .isEqualTo(new Outcome.Committed(base.at(i + 1)));
            }
            done.countDown();
            behind.get();
        }

        try (FileWorldStore store = new FileWorldStore(data, 5)) {
            assertThat(open(store, WORLD)).isEqualTo(base.at(commits));
        }
    }

    @Test
    void damageInTheOlderOfTwoSegmentsCostsHistoryAlone() throws Exception {
        int limit = 10;
        Position base;
        try (FileWorldStore store = new FileWorldStore(data, limit)) {
            base = open(store, WORLD);
            for (int i = 0; i < 25; i++) {
                store.commit(WORLD, base.at(i), run(i, 1, "gate"));
                store.writeBehind();
            }
        }
        assertThat(journals())
                .containsExactly(
                        "journal-0000000000000000010.jsonl", "journal-0000000000000000020.jsonl");
        Path older = data.resolve("worlds/garden/journal-0000000000000000010.jsonl");
        byte[] whole = Files.readAllBytes(older);
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        for (byte[] damaged : List.of(changed, Arrays.copyOf(whole, whole.length / 2))) {
            Files.write(older, damaged);
            try (LogNotes notes = new LogNotes(JournalFolder.class);
                    FileWorldStore store = new FileWorldStore(data, limit)) {
                assertThat(open(store, WORLD)).isEqualTo(base.at(25));
                assertThat(store.since(WORLD, base.at(20)))
                        .isEqualTo(new Since.Deltas(run(20, 5, "gate")));
                assertThat(store.since(WORLD, base.at(19))).isEqualTo(new Since.Gone(base.at(25)));
                assertThat(notes.warnings())
                        .singleElement()
                        .asString()
                        .contains("begins at revision 20", older + ": line ");
            }
        }
    }

    @Test
    void anUnfinishedWriteThatIsDroppedIsReported() throws Exception {
        Position base;
        try (FileWorldStore store = new FileWorldStore(data)) {
            base = open(store, WORLD);
            store.commit(WORLD, base, run(0, 1, "gate"));
        }
        Path journal = data.resolve("worlds/garden/journal-0000000000000000000.jsonl");
        Files.writeString(journal, "{\"rev", StandardOpenOption.APPEND);

        try (LogNotes notes = new LogNotes(JournalFolder.class);
                FileWorldStore store = new FileWorldStore(data)) {
            assertThat(open(store, WORLD)).isEqualTo(base.at(1));
            assertThat(notes.warnings())
                    .containsExactly(
                            journal
                                    + ": line 3: 5 bytes of a write that was never finished are"
                                    + " dropped");
        }
    }

    @Test
    void aSegmentThatACrashKeptFromItsNameDoesNotCount() throws Exception {
        Position base;
        try (FileWorldStore store = new FileWorldStore(data)) {
            base = open(store, WORLD);
        }
        Path unfinished = data.resolve("worlds/garden/journal-0000000000000000007.jsonl.new");
        Files.writeString(unfinished, "{\"wor");

        try (FileWorldStore store = new FileWorldStore(data)) {
            assertThat(open(store, WORLD)).isEqualTo(base);
        }
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void anInterruptedThreadCommitsAsWell() {
        try (FileWorldStore store = new FileWorldStore(data, 1)) {
            Position base = open(store, WORLD);
            Thread.currentThread().interrupt();

            store.commit(WORLD, base, run(0, 1, "gate"));
            store.writeBehind();
            Outcome outcome = store.commit(WORLD, base.at(1), run(1, 1, "gate"));

            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(outcome).isEqualTo(new Outcome.Committed(base.at(2)));
        }
    }

    @Test
    void aNumberThatAClientMaySendIsReadAgainAfterARestart() {
        byte[] body = ("{\"n\":" + "1".repeat(90) + "e19}").getBytes(StandardCharsets.UTF_8);
        Json number = JsonReader.strict().readObject(body).get("n");
        try (FileWorldStore store = new FileWorldStore(data)) {
            store.commit(WORLD, open(store, WORLD), List.of(put(0, "n", number)));
        }

        try (FileWorldStore store = new FileWorldStore(data)) {
            assertThat(head(store.open(WORLD, () -> SEED)).shared().content().get("n"))
                    .isEqualTo(number);
        }
    }

    @Test
    void aBatchThatTheJournalCouldNotReadAgainIsRejectedAsAWhole() {
        JournalLimits limits = new JournalLimits(10, 500);
        List<Json> unreadable =
                List.of(
                        Json.of("x".repeat(limits.lineBytes())),
                        Json.of("no character: \uffff"),
                        new JsonNumber(new BigDecimal("1e400")));
        Position base;
        try (FileWorldStore store = new FileWorldStore(data, limits, System::nanoTime)) {
            base = open(store, WORLD);
            for (Json value : unreadable) {
                Outcome outcome =
                        store.commit(
                                WORLD,
                                base,
                                List.of(put(0, "gate", Json.of(1)), put(1, "gate", value)));

                assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
                assertThat(store.position(WORLD)).isEqualTo(base);
            }
            assertThat(store.commit(WORLD, base, run(0, 1, "gate")))
                    .isEqualTo(new Outcome.Committed(base.at(1)));
        }

        try (FileWorldStore store = new FileWorldStore(data, limits, System::nanoTime)) {
            assertThat(open(store, WORLD)).isEqualTo(base.at(1));
        }
    }

    @Test
    void aSeedThatTheJournalCouldNotReadAgainMakesNoWorld() {
        JsonObject tooLong = JsonObject.of("text", Json.of("x".repeat(500)));
        try (FileWorldStore store =
                new FileWorldStore(data, new JournalLimits(10, 500), System::nanoTime)) {
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> store.open(WORLD, () -> tooLong))
                    .withMessageContaining("a line of the journal has at most 500 bytes");

            assertThat(head(store.open(WORLD, () -> SEED)).shared().content()).isEqualTo(SEED);
        }
    }

    @Test
    void aStateTooLongForALineLeavesTheJournalAsItIsAndIsReported() throws Exception {
        JournalLimits limits = new JournalLimits(3, 500);
        Position base;
        try (FileWorldStore store = new FileWorldStore(data, limits, System::nanoTime)) {
            base = open(store, WORLD);
            for (int i = 0; i < 6; i++) {
                store.commit(WORLD, base.at(i), List.of(put(i, "m" + i, Json.of("x".repeat(100)))));
            }

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(store::writeBehind)
                    .withMessageContaining("the journal of world " + WORLD + " did not begin anew");
            assertThat(journals()).containsExactly("journal-0000000000000000000.jsonl");

            store.commit(WORLD, base.at(6), run(6, 1, "gate"));
            store.release(WORLD);
            assertThat(open(store, WORLD)).isEqualTo(base.at(7));
            store.commit(WORLD, base.at(7), List.of(removed(7, "m0", "m1", "m2", "m3")));
            store.writeBehind();
            assertThat(journals()).hasSize(2);
        }

        try (FileWorldStore store = new FileWorldStore(data, limits, System::nanoTime)) {
            assertThat(open(store, WORLD)).isEqualTo(base.at(8));
        }
    }

    private static Delta removed(long base, String... names) {
        return TestDeltas.of(
                base,
                Stream.of(names)
                        .map(name -> new Change.Remove(Part.SHARED, Pointer.of(name)))
                        .toArray(Change[]::new));
    }

    @Test
    void aCopyThatCannotBeWrittenDoesNotKeepTheJournalFromBeginningAnew() throws Exception {
        FileWorldStore store = new FileWorldStore(data, 4);
        Position base = open(store, WORLD);
        Path inTheWay = data.resolve("worlds/garden/world.json/somebody/put/this/here");
        Files.createDirectories(inTheWay);

        for (int i = 0; i < 20; i++) {
            store.commit(WORLD, base.at(i), run(i, 1, "gate"));
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(store::writeBehind)
                    .withMessageContaining("the copy of world " + WORLD + " was not written");
        }

        assertThat(journals())
                .containsExactly(
                        "journal-0000000000000000016.jsonl", "journal-0000000000000000020.jsonl");
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(store::close);
    }

    @Test
    void aReleasedWorldHoldsNoFileAndItsCopyIsAsItWas() throws Exception {
        int worlds = 200;
        try (FileWorldStore store = new FileWorldStore(data)) {
            long before = openFiles();
            for (int i = 0; i < worlds; i++) {
                WorldId world = new WorldId.Isolated(GARDEN, new UserId("u" + i));
                store.commit(world, open(store, world), run(0, 1, "gate"));
                store.release(world);
            }

            assertThat(openFiles() - before).isLessThan(worlds / 4);
            assertThat(data.resolve("players/u7/garden/world.json"))
                    .content()
                    .contains("\"_version\": 1");
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @Test
    void aWorldIsReleasedEvenIfItsCopyCannotBeWritten() throws Exception {
        try (FileWorldStore store = new FileWorldStore(data)) {
            Position base = open(store, WORLD);
            Path copy = data.resolve("worlds/garden/world.json");
            Files.createDirectories(copy.resolve("in/the/way"));

            store.release(WORLD);

            assertThatIllegalStateException().isThrownBy(() -> store.position(WORLD));
            Files.move(copy, copy.resolveSibling("elsewhere"));
            assertThat(open(store, WORLD)).isEqualTo(base);
        }
    }

    @Test
    void openingCommittingWritingBehindAndReleasingDoNotDisturbEachOther() throws Exception {
        int commits = 300;
        Position base;
        try (FileWorldStore store = new FileWorldStore(data, 5);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            base = open(store, WORLD);
            CountDownLatch done = new CountDownLatch(1);
            List<Future<?>> others = new ArrayList<>();
            for (Runnable other :
                    List.<Runnable>of(store::writeBehind, () -> store.release(WORLD))) {
                others.add(
                        threads.submit(() -> {
                            while (done.getCount() > 0) {
                                other.run();
                            }
                        }));
            }
            for (int made = 0; made < commits; ) {
                assertThat(open(store, WORLD)).isEqualTo(base.at(made));
                try {
                    store.commit(WORLD, base.at(made), run(made, 1, "gate"));
                    made++;
                } catch (IllegalStateException _) {
                    // It was released first.
                }
            }
            done.countDown();
            for (Future<?> other : others) {
                other.get();
            }
        }

        try (FileWorldStore store = new FileWorldStore(data, 5)) {
            assertThat(open(store, WORLD)).isEqualTo(base.at(commits));
        }
    }

    @Test
    void aDataDirectoryHasOneOwner() {
        try (FileWorldStore store = new FileWorldStore(data)) {
            open(store, WORLD);
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> new FileWorldStore(data))
                    .withMessageContaining("in use by process " + ProcessHandle.current().pid());
        }
        new FileWorldStore(data).close();
    }

    @Test
    void anotherProcessIsToldWhoHasTheDataDirectory() throws Exception {
        try (FileWorldStore store = new FileWorldStore(data)) {
            open(store, WORLD);
            Process second =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    KilledStoreTest.Child.class.getName(),
                                    data.toString(),
                                    "1")
                            .redirectErrorStream(true)
                            .start();

            String output =
                    new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(second.waitFor()).isNotZero();
            assertThat(output)
                    .contains(data + " is in use by process " + ProcessHandle.current().pid());
        }
    }
}
