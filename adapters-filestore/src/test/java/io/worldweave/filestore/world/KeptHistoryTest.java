package io.worldweave.filestore.world;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.put;
import static io.worldweave.domain.store.TestDeltas.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a world's past is kept, by number, size and age, in memory and on the disk. */
final class KeptHistoryTest {
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));
    private static final Duration DAY = Duration.ofDays(1);

    private final AtomicLong millis = new AtomicLong(1_000_000_000);
    @TempDir Path data;

    private FileWorldStore store(KeptHistory history) {
        return new FileWorldStore(
                data,
                new JournalLimits(history, Line.BYTES_LIMIT),
                new Clocks(System::nanoTime, millis::get));
    }

    private static Position open(FileWorldStore store) {
        return head(store.open(WORLD, () -> JsonObject.EMPTY)).position();
    }

    private Delta now(long base) {
        Delta delta = put(base, "gate", Json.of(base));
        return new Delta(base, delta.actor(), delta.cause(), millis.get(), delta.changes());
    }

    private List<String> journals() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("worlds/garden"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("journal-"))
                    .sorted()
                    .toList();
        }
    }

    private long bytesOnDisk() throws IOException {
        long bytes = 0;
        for (String name : journals()) {
            bytes += Files.size(data.resolve("worlds/garden").resolve(name));
        }
        return bytes;
    }

    @Test
    void longDeltasAreForgottenSoonerThanMany() throws Exception {
        KeptHistory history = new KeptHistory(1_000, 10_000, Duration.ZERO);
        Position base;
        try (FileWorldStore store = store(history)) {
            base = open(store);
            for (int i = 0; i < 100; i++) {
                store.commit(WORLD, base.at(i), List.of(put(i, "gate", Json.of("x".repeat(800)))));
                store.writeBehind();
            }

            assertThat(store.since(WORLD, base.at(92))).isInstanceOf(Since.Deltas.class);
            assertThat(store.since(WORLD, base.at(85))).isEqualTo(new Since.Gone(base.at(100)));
            assertThat(bytesOnDisk()).isLessThan(3 * history.bytes());
        }
        try (FileWorldStore store = store(history)) {
            assertThat(open(store)).isEqualTo(base.at(100));
            assertThat(store.since(WORLD, base.at(92))).isInstanceOf(Since.Deltas.class);
            assertThat(store.since(WORLD, base.at(85))).isEqualTo(new Since.Gone(base.at(100)));
        }
    }

    @Test
    void theLastDeltaIsKeptHoweverLongItIs() {
        try (FileWorldStore store = store(new KeptHistory(1_000, 100, Duration.ZERO))) {
            Position base = open(store);
            Delta delta = put(0, "gate", Json.of("x".repeat(800)));
            store.commit(WORLD, base, List.of(delta));

            assertThat(store.since(WORLD, base)).isEqualTo(new Since.Deltas(List.of(delta)));
        }
    }

    @Test
    void aLongStateIsNotWrittenAnewForFewDeltas() throws Exception {
        try (FileWorldStore store = store(new KeptHistory(1_000, 500, Duration.ZERO))) {
            Position base = open(store);
            store.commit(WORLD, base, List.of(put(0, "book", Json.of("x".repeat(20_000)))));
            store.writeBehind();
            for (int i = 1; i < 40; i++) {
                store.commit(WORLD, base.at(i), run(i, 1, "gate"));
                store.writeBehind();
            }

            assertThat(journals()).endsWith("journal-0000000000000000001.jsonl").hasSize(1);
        }
    }

    @Test
    void whatIsTooOldIsForgottenAndLeavesTheDisk() throws Exception {
        KeptHistory history = new KeptHistory(1_000, 1_000_000, DAY);
        Position base;
        try (FileWorldStore store = store(history)) {
            base = open(store);
            store.commit(WORLD, base, List.of(now(0)));
            millis.addAndGet(DAY.toMillis() / 2);
            store.commit(WORLD, base.at(1), List.of(now(1)));
            store.writeBehind();
            assertThat(journals()).containsExactly("journal-0000000000000000000.jsonl");

            millis.addAndGet(DAY.toMillis() / 2 + 1);
            store.writeBehind();

            assertThat(store.since(WORLD, base)).isEqualTo(new Since.Gone(base.at(2)));
            assertThat(store.since(WORLD, base.at(1))).isInstanceOf(Since.Deltas.class);
            assertThat(journals())
                    .containsExactly(
                            "journal-0000000000000000000.jsonl",
                            "journal-0000000000000000002.jsonl");

            millis.addAndGet(DAY.toMillis());
            store.writeBehind();

            assertThat(store.since(WORLD, base.at(1))).isEqualTo(new Since.Gone(base.at(2)));
            assertThat(journals()).containsExactly("journal-0000000000000000002.jsonl");
        }
        try (FileWorldStore store = store(history)) {
            assertThat(open(store)).isEqualTo(base.at(2));
        }
    }

    @Test
    void aHistoryMayReachOverSeveralSegments() throws Exception {
        Position base;
        try (FileWorldStore store = store(KeptHistory.ofDeltas(5))) {
            base = open(store);
            for (int i = 0; i < 20; i++) {
                store.commit(WORLD, base.at(i), run(i, 1, "gate"));
                store.writeBehind();
            }
        }
        assertThat(journals()).hasSize(2);

        try (FileWorldStore store = store(KeptHistory.ofDeltas(1_000))) {
            open(store);
            store.commit(WORLD, base.at(20), run(20, 1, "gate"));
        }
        try (FileWorldStore store = store(KeptHistory.ofDeltas(6))) {
            assertThat(open(store)).isEqualTo(base.at(21));
            assertThat(store.since(WORLD, base.at(15)))
                    .isEqualTo(new Since.Deltas(run(15, 6, "gate")));
            assertThat(store.since(WORLD, base.at(14))).isEqualTo(new Since.Gone(base.at(21)));
        }
    }

    @Test
    void aHistoryOfNothingIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new KeptHistory(0, 1, DAY));
        assertThatIllegalArgumentException().isThrownBy(() -> new KeptHistory(1, 0, DAY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeptHistory(1, 1, Duration.ofDays(-1)));
    }
}
