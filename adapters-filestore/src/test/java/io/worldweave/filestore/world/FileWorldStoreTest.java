package io.worldweave.filestore.world;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.put;
import static io.worldweave.domain.store.TestDeltas.putOwn;
import static io.worldweave.domain.store.TestDeltas.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWorldStoreTest {
    private static final ExperienceId GARDEN = new ExperienceId("garden");
    private static final WorldId WORLD = new WorldId.Shared(GARDEN);
    private static final UserId ALICE = new UserId("alice@example.com");
    private static final JsonObject SEED = JsonObject.of("season", Json.of("autumn"));

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
                                "_version": 2,
                                "_epoch": "%s"
                              },
                              "season": "autumn",
                              "gate": "open"
                            }
                            """
                                    .formatted(base.epoch()));
            assertThat(Files.readString(data.resolve("worlds/garden/players.json")))
                    .contains("\"alice@example.com\": {")
                    .contains("\"season\": \"autumn\"");
        }
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
