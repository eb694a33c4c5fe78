package io.worldweave.filestore.world;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.put;
import static io.worldweave.domain.store.TestDeltas.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.DamagedWorldException;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of a journal's bytes: the world is as it was acknowledged, or unavailable. */
final class TruncatedJournalTest {
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));
    private static final JsonObject SEED = JsonObject.of("season", Json.of("autumn"));

    private static final int SECTOR = 512;

    /** How long the journal is at least whose every bit is changed. */
    private static final int BYTES = (Boolean.getBoolean("long") ? 64 : 4) * 1024;

    @TempDir Path data;

    /** The states by the length that the journal had when they were acknowledged. */
    private final NavigableMap<Integer, WorldState> states = new TreeMap<>();

    private Path journal;
    private byte[] whole;

    @BeforeEach
    void writeAJournal() throws Exception {
        journal = data.resolve("worlds/garden/journal-0000000000000000000.jsonl");
        try (FileWorldStore store = new FileWorldStore(data)) {
            Position at = head(store.open(WORLD, () -> SEED)).position();
            note(store);
            int[] batches = {1, 3, 1, 2};
            for (int i = 0; i < batches.length || Files.size(journal) < BYTES; i++) {
                int batch = batches[i % batches.length];
                Outcome outcome = store.commit(WORLD, at, run(at.revision(), batch, "gate"));
                at = ((Outcome.Committed) outcome).position();
                note(store);
            }
        }
        whole = Files.readAllBytes(journal);
    }

    private void note(FileWorldStore store) throws Exception {
        states.put((int) Files.size(journal), head(store.open(WORLD, () -> SEED)));
    }

    /**
     * Returns the state that a store finds if no copy shows more, or null if it finds the world
     * unavailable.
     */
    private @Nullable WorldState found(byte[] bytes) throws Exception {
        Files.write(journal, bytes);
        Files.deleteIfExists(journal.resolveSibling("world.json"));
        try (FileWorldStore store = new FileWorldStore(data)) {
            History history = store.open(WORLD, () -> JsonObject.EMPTY);
            return head(history);
        } catch (StoreUnavailableException unavailable) {
            assertThat(unavailable)
                    .isInstanceOf(DamagedWorldException.class)
                    .hasMessageContaining(data.relativize(journal) + ": line ");
            return null;
        }
    }

    /** Returns the state that the journal alone says, or null if it is damaged. */
    private @Nullable WorldState read(byte[] bytes) throws Exception {
        Files.write(journal, bytes);
        try {
            SegmentContent content = SegmentContent.read(journal, WORLD);
            return head(new History(content.base(), content.deltas()));
        } catch (DamagedJournalException damaged) {
            assertThat(damaged).hasMessageContaining(journal + ": line ");
            return null;
        }
    }

    @Test
    void aJournalCutAnywhereHoldsTheWholeBatchesBeforeTheCut() throws Exception {
        for (int length = 0; length < whole.length; length++) {
            Map.Entry<Integer, WorldState> expected = states.floorEntry(length);

            assertThat(read(Arrays.copyOf(whole, length)))
                    .as("cut to %d bytes", length)
                    .isEqualTo(expected == null ? null : expected.getValue());
        }
    }

    @Test
    void aStoreStartsFromAJournalThatWasCut() throws Exception {
        int step = Boolean.getBoolean("long") ? 1 : 29;
        for (int length = 0; length < whole.length; length += step) {
            byte[] cut = Arrays.copyOf(whole, length);

            assertThat(found(cut)).as("cut to %d bytes", length).isEqualTo(read(cut));
        }
    }

    @Test
    void aBlockThatWasNeverWrittenIsCutOff() throws Exception {
        int unwritten = states.lastKey() - 20;
        byte[] bytes = Arrays.copyOf(whole, whole.length + 500);
        Arrays.fill(bytes, unwritten, bytes.length, (byte) 0);

        assertThat(found(bytes)).isEqualTo(states.lowerEntry(unwritten).getValue());
    }

    /** Commits a batch of many sectors and returns where it begins. */
    private int commitManySectors() throws Exception {
        try (FileWorldStore store = new FileWorldStore(data)) {
            Position at = head(store.open(WORLD, () -> SEED)).position();
            List<Delta> batch = new ArrayList<>();
            for (long base = at.revision(); base < at.revision() + 3; base++) {
                batch.add(put(base, "gate", Json.of("many words ".repeat(100))));
            }
            store.commit(WORLD, at, batch);
            note(store);
        }
        whole = Files.readAllBytes(journal);
        return states.lowerKey(states.lastKey());
    }

    @Test
    void ofABatchThatWasNotAcknowledgedAnySectorsMayBeMissing() throws Exception {
        int acknowledged = commitManySectors();
        int first = acknowledged / SECTOR;
        int sectors = (whole.length - 1) / SECTOR - first + 1;
        for (int kept = 0; kept < (1 << sectors) - 1; kept++) {
            byte[] bytes = whole.clone();
            for (int i = 0; i < sectors; i++) {
                if (((kept >> i) & 1) == 0) {
                    int from = Math.max(acknowledged, (first + i) * SECTOR);
                    int to = Math.min(bytes.length, (first + i + 1) * SECTOR);
                    Arrays.fill(bytes, from, to, (byte) 0);
                }
            }

            assertThat(read(bytes)).as("sectors %x", kept).isEqualTo(states.get(acknowledged));
        }
    }

    @Test
    void ofWhatALaterBatchFollowsNoSectorMayBeMissing() throws Exception {
        int acknowledged = commitManySectors();
        for (int from = 0; from < acknowledged; from += SECTOR) {
            byte[] bytes = whole.clone();
            Arrays.fill(bytes, from, from + SECTOR, (byte) 0);

            assertThat(read(bytes)).as("no sector at %d", from).isNull();
        }
    }

    @Test
    void aByteThatBecameZeroIsNoticed() throws Exception {
        commitManySectors();
        for (int at = 0; at < whole.length - 1; at++) {
            byte[] bytes = whole.clone();
            bytes[at] = 0;

            assertThat(read(bytes)).as("byte %d is zero", at).isNull();
        }
    }

    @Test
    void aStoreStartsFromAJournalOfWhichAPowerLossKeptTheEndOnly() throws Exception {
        int acknowledged = commitManySectors();
        byte[] bytes = whole.clone();
        Arrays.fill(bytes, acknowledged, (acknowledged / SECTOR + 1) * SECTOR, (byte) 0);

        assertThat(found(bytes)).isEqualTo(states.get(acknowledged));
        assertThat(Files.size(journal)).isEqualTo(acknowledged);
    }

    @Test
    void afterACutTheWorldGoesOn() throws Exception {
        WorldState before = found(Arrays.copyOf(whole, whole.length - 1));
        try (FileWorldStore store = new FileWorldStore(data)) {
            store.open(WORLD, () -> SEED);
            assertThat(store.commit(WORLD, before.position(), run(before.revision(), 2, "gate")))
                    .isInstanceOf(Outcome.Committed.class);
        }

        try (FileWorldStore store = new FileWorldStore(data)) {
            assertThat(head(store.open(WORLD, () -> SEED)).revision())
                    .isEqualTo(before.revision() + 2);
        }
    }

    @Test
    void aBitChangedAnywhereIsNoticed() throws Exception {
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 1; bit < 256; bit <<= 1) {
                byte[] bytes = whole.clone();
                bytes[at] ^= (byte) bit;

                assertThat(read(bytes)).as("byte %d changed by %d", at, bit).isNull();
            }
        }
    }

    @Test
    void aLineThatIsMissingIsNoticed() throws Exception {
        List<String> lines = new String(whole, StandardCharsets.UTF_8).lines().toList();
        for (int missing = 0; missing < lines.size() - 1; missing++) {
            List<String> left = new ArrayList<>(lines);
            left.remove(missing);
            byte[] bytes = (String.join("\n", left) + "\n").getBytes(StandardCharsets.UTF_8);

            assertThat(found(bytes)).as("without line %d", missing + 1).isNull();
        }
    }

    @Test
    void aDamagedWorldIsUnavailableAndNoOtherIs() throws Exception {
        byte[] bytes = whole.clone();
        bytes[bytes.length / 2] ^= 1;
        Files.write(journal, bytes);
        WorldId other = new WorldId.Shared(new ExperienceId("meadow"));

        try (FileWorldStore store = new FileWorldStore(data)) {
            assertThat(head(store.open(other, () -> SEED)).shared().content()).isEqualTo(SEED);
        }
        assertThat(found(bytes)).isNull();
    }
}
