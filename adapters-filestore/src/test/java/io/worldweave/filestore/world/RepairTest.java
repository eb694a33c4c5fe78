package io.worldweave.filestore.world;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.run;
import static io.worldweave.filestore.world.TwoSegments.LIMIT;
import static io.worldweave.filestore.world.TwoSegments.SEED;
import static io.worldweave.filestore.world.TwoSegments.WORLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.worldweave.domain.store.History;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found wrong with a data directory, and what of it can be put in order. */
final class RepairTest {
    @TempDir Path data;
    private Path older;
    private Path newer;
    private WorldState present;

    @BeforeEach
    void twoSegmentsAndCopies() {
        present = TwoSegments.writeTo(data);
        older = TwoSegments.older(data);
        newer = TwoSegments.newer(data);
    }

    private List<Finding> check() throws IOException {
        try (DataDirectory directory = DataDirectory.look(data)) {
            return directory.check(WORLD);
        }
    }

    private Repair repair() throws IOException {
        try (DataDirectory directory = DataDirectory.own(data)) {
            Repair repair = directory.repair(WORLD);
            repair.apply();
            return repair;
        }
    }

    private static void damage(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private static int lineAt(Path file, int line) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = 0;
        for (int i = 1; i < line; i++) {
            at = Line.end(bytes, at) + 1;
        }
        return at;
    }

    private WorldState stored() {
        try (FileWorldStore store = new FileWorldStore(data, LIMIT)) {
            return head(store.open(WORLD, () -> SEED));
        }
    }

    @Test
    void nothingIsFoundWhereNothingIsWrong() throws Exception {
        assertThat(check()).isEmpty();
        assertThat(repair().steps()).isEmpty();
    }

    @Test
    void aDamagedDeltaIsShownWithFileLineAndByteAndStays() throws Exception {
        int at = lineAt(newer, 3);
        damage(newer, at + 30);
        byte[] damaged = Files.readAllBytes(newer);

        assertThat(check())
                .containsExactly(
                        new Finding(
                                Finding.Kind.DAMAGED,
                                "garden",
                                newer.toRealPath(),
                                3,
                                at,
                                "the checksum does not match"));
        assertThat(repair().left()).hasSize(1);
        assertThat(Files.readAllBytes(newer)).isEqualTo(damaged);
    }

    @Test
    void aChecksumThatTheNextLineKnowsIsMended() throws Exception {
        byte[] whole = Files.readAllBytes(newer);
        damage(newer, lineAt(newer, 4) - 5);
        assertThat(check()).extracting(Finding::kind).containsExactly(Finding.Kind.DAMAGED);

        assertThat(repair().left()).isEmpty();

        assertThat(Files.readAllBytes(newer)).isEqualTo(whole);
        assertThat(check()).isEmpty();
        assertThat(newer.resolveSibling(newer.getFileName() + ".damaged-1")).exists();
        assertThat(stored()).isEqualTo(present);
    }

    @Test
    void aFirstLineIsDerivedFromTheSegmentBeforeWhereverItWasDamaged() throws Exception {
        byte[] whole = Files.readAllBytes(newer);
        int line = lineAt(newer, 2);
        for (int at = 0; at < line; at++) {
            Files.write(newer, whole);
            damage(newer, at);

            assertThat(repair().left()).as("byte " + at).isEmpty();

            assertThat(Files.readAllBytes(newer)).as("byte " + at).isEqualTo(whole);
        }
        assertThat(stored()).isEqualTo(present);
    }

    @Test
    void aStateAloneIsDerivedIfItsChecksumStillStandsThere() throws Exception {
        Files.delete(data.resolve("worlds/garden/world.json"));
        Files.write(newer, Arrays.copyOf(Files.readAllBytes(newer), lineAt(newer, 2)));
        byte[] whole = Files.readAllBytes(newer);
        damage(newer, 40);

        assertThat(repair().left()).isEmpty();

        assertThat(Files.readAllBytes(newer)).isEqualTo(whole);
    }

    @Test
    void aFirstLineThatNobodyKnowsStays() throws Exception {
        Files.delete(older);
        damage(newer, 40);

        assertThat(repair().left()).extracting(Finding::line).containsExactly(1);
    }

    @Test
    void aFirstLineThatWasCutOffWithAllAfterItStays() throws Exception {
        Files.write(newer, Arrays.copyOf(Files.readAllBytes(newer), 40));

        assertThat(repair().left()).extracting(Finding::kind).contains(Finding.Kind.DAMAGED);
    }

    @Test
    void anUnfinishedTailIsCutAndKeptBeside() throws Exception {
        byte[] whole = Files.readAllBytes(newer);
        Files.writeString(newer, "{\"rev", StandardOpenOption.APPEND);
        assertThat(check())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Finding.Kind.UNFINISHED);
                    assertThat(finding.at()).isEqualTo(whole.length);
                });

        repair();

        assertThat(Files.readAllBytes(newer)).isEqualTo(whole);
        assertThat(newer.resolveSibling(newer.getFileName() + ".damaged-1"))
                .content()
                .endsWith("{\"rev");
        assertThat(check()).isEmpty();
    }

    @Test
    void anOlderSegmentThatNobodyCanMendIsSetAside() throws Exception {
        damage(older, lineAt(older, 3) + 30);
        assertThat(check()).extracting(Finding::kind).containsExactly(Finding.Kind.SHORTENED);

        repair();

        assertThat(older).doesNotExist();
        assertThat(older.resolveSibling(older.getFileName() + ".damaged-1")).exists();
        assertThat(check()).isEmpty();
        assertThat(stored()).isEqualTo(present);
    }

    @Test
    void copiesThatWereEditedOrRemovedAreWrittenAnewAndWhatTheyHeldIsKeptBeside() throws Exception {
        Path copy = data.resolve("worlds/garden/world.json");
        Path view = data.resolve("players/alice/garden/view.json");
        byte[] before = Files.readAllBytes(view);
        Files.writeString(copy, "{}");
        Files.delete(view);
        assertThat(check())
                .extracting(Finding::reason)
                .containsExactly("it is not what the journal says", "it is missing");

        repair();

        assertThat(copy).content().contains("\"gate\": 25");
        assertThat(copy.resolveSibling("world.json.damaged-1")).hasContent("{}");
        assertThat(Files.readAllBytes(view)).isEqualTo(before);
        assertThat(check()).isEmpty();
    }

    @Test
    void aFileThatACrashKeptFromItsNameIsDeleted() throws Exception {
        Path leftover = data.resolve("worlds/garden/journal-0000000000000000030.jsonl.new");
        Files.writeString(leftover, "{");
        assertThat(check()).extracting(Finding::kind).containsExactly(Finding.Kind.LEFTOVER);

        repair();

        assertThat(leftover).doesNotExist();
    }

    @Test
    void aFolderThatIsNoWorldsIsShown() throws Exception {
        Path folder = Files.createDirectories(data.resolve("worlds/No World"));
        Files.copy(newer, folder.resolve(newer.getFileName()));

        try (DataDirectory directory = DataDirectory.look(data)) {
            assertThat(directory.unknownFolders())
                    .extracting(Finding::world)
                    .containsExactly("worlds/No World");
        }
    }

    @Test
    void whatAServiceHasIsLookedAtAndNotChanged() throws Exception {
        try (FileWorldStore store = new FileWorldStore(data, LIMIT)) {
            store.open(WORLD, () -> SEED);
            try (DataDirectory directory = DataDirectory.look(data)) {
                assertThat(directory.owner())
                        .contains("in use by process " + ProcessHandle.current().pid());
                assertThat(directory.check(WORLD)).isEmpty();
                assertThat(directory.history(WORLD).head()).isEqualTo(present);
            }
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> DataDirectory.own(data))
                    .withMessageContaining("in use by process");
        }
    }

    @Test
    void compactingKeepsTheStateAndWhatIsToBeKept() throws Exception {
        try (DataDirectory directory = DataDirectory.own(data)) {
            assertThat(directory.compact(WORLD, KeptHistory.ofDeltas(3), 0)).isPositive();
            assertThat(directory.check(WORLD)).isEmpty();
            History history = directory.history(WORLD);
            assertThat(history.head()).isEqualTo(present);
            assertThat(history.deltas())
                    .endsWith(run(22, 3, "gate").toArray(new io.worldweave.domain.world.Delta[0]));
        }
        assertThat(older).doesNotExist();
        assertThat(stored()).isEqualTo(present);
    }

    /** Whatever is damaged: afterwards the world is as it was, or says that it is damaged. */
    @Test
    void noRepairMakesAnotherWorldOfIt() throws Exception {
        byte[] wholeOlder = Files.readAllBytes(older);
        byte[] wholeNewer = Files.readAllBytes(newer);
        Random random = new Random(Long.getLong("seed", 7L));
        for (int i = 0; i < 300; i++) {
            Files.write(older, broken(wholeOlder, random));
            Files.write(newer, broken(wholeNewer, random));
            try (DataDirectory directory = DataDirectory.own(data)) {
                directory.repair(WORLD).apply();
                if (directory.check(WORLD).isEmpty()) {
                    assertThat(directory.history(WORLD).head()).as("round " + i).isEqualTo(present);
                }
            }
        }
    }

    private static byte[] broken(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int bits = random.nextInt(3);
        for (int i = 0; i < bits; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    @Test
    void aLineSaysInPlainTextWhatWasCommitted() throws Exception {
        assertThat(Files.readString(newer, StandardCharsets.UTF_8).lines().toList().get(1))
                .startsWith(
                        "{\"revision\":21,\"base\":20,\"actor\":{\"service\":\"test\"},\"cause\"")
                .contains("\"previous\":\"")
                .matches(".*\"crc32c\":\"[0-9a-f]{8}\"}");
    }
}
