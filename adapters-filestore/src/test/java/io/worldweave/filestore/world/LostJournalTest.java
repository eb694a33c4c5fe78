package io.worldweave.filestore.world;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.put;
import static io.worldweave.domain.store.TestDeltas.run;
import static io.worldweave.filestore.world.TwoSegments.ALICE;
import static io.worldweave.filestore.world.TwoSegments.LIMIT;
import static io.worldweave.filestore.world.TwoSegments.SEED;
import static io.worldweave.filestore.world.TwoSegments.WORLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.store.DamagedWorldException;
import io.worldweave.domain.store.History;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of which something is missing, beside a copy that shows it. */
final class LostJournalTest {
    private static final ExperienceId GARDEN = new ExperienceId("garden");
    private static final WorldId OTHER = new WorldId.Shared(new ExperienceId("meadow"));

    private static final String NOT_REACHED =
            "worlds/garden/world.json: it shows revision 25 and the journal ends at %d, so the newest"
                    + " segment of the journal or the end of it is lost: put it back, or move this"
                    + " copy away to go on without it";
    private static final String NO_JOURNAL =
            "%s: there is this copy of the world and no journal: put the journal back, or move this"
                    + " copy away to begin the world anew";

    @TempDir Path data;
    private Path copy;
    private Path older;
    private Path newer;

    @BeforeEach
    void twoSegmentsAndCopies() {
        TwoSegments.writeTo(data);
        copy = data.resolve("worlds/garden/world.json");
        older = TwoSegments.older(data);
        newer = TwoSegments.newer(data);
    }

    /** Opens the world, works on another and closes: nothing but that other one is written. */
    private void assertIsRefused(WorldId world, String reason) throws IOException {
        Map<Path, String> before = files();
        try (FileWorldStore store = new FileWorldStore(data, LIMIT)) {
            assertThatExceptionOfType(DamagedWorldException.class)
                    .isThrownBy(() -> store.open(world, () -> SEED))
                    .withMessage("what is kept of world " + world + " is damaged: " + reason);
            assertThat(store.damaged().get(world)).endsWith(reason);
            Position other = head(store.open(OTHER, () -> SEED)).position();
            store.commit(OTHER, other, run(other.revision(), 1, "gate"));
            store.writeBehind();
        }
        assertThat(files()).isEqualTo(before);
    }

    private Map<Path, String> files() throws IOException {
        Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(data)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                if (!file.startsWith(data.resolve("worlds/meadow")) && !file.endsWith("lock")) {
                    files.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    private WorldState opened(WorldId world) {
        try (FileWorldStore store = new FileWorldStore(data, LIMIT)) {
            return head(store.open(world, () -> SEED));
        }
    }

    private void assertIsShownAndStays(String reason) throws IOException {
        Map<Path, String> before = files();
        try (DataDirectory directory = DataDirectory.own(data)) {
            assertThat(directory.worlds()).contains(WORLD);
            assertThat(directory.check(WORLD))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.kind()).isEqualTo(Finding.Kind.DAMAGED);
                        assertThat("worlds/garden/world.json: " + finding.reason())
                                .isEqualTo(reason);
                    });
            Repair repair = directory.repair(WORLD);
            assertThat(repair.steps()).isEmpty();
            assertThat(repair.left()).hasSize(1);
            repair.apply();
            assertThatExceptionOfType(DamagedWorldException.class)
                    .isThrownBy(() -> directory.history(WORLD))
                    .withMessageEndingWith(reason);
            assertThatExceptionOfType(DamagedWorldException.class)
                    .isThrownBy(() -> directory.compact(WORLD, KeptHistory.ofDeltas(1), 0))
                    .withMessageEndingWith(reason);
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aNewestSegmentThatIsMissingIsNoticed() throws Exception {
        Path away = Files.move(newer, data.resolve("away"));

        assertIsRefused(WORLD, NOT_REACHED.formatted(20));
        assertIsShownAndStays(NOT_REACHED.formatted(20));

        Files.move(away, newer);
        assertThat(opened(WORLD).revision()).isEqualTo(25);
    }

    @Test
    void aLastLineThatIsMissingIsNoticed() throws Exception {
        byte[] whole = Files.readAllBytes(newer);
        int line = new String(whole, StandardCharsets.UTF_8).stripTrailing().lastIndexOf('\n') + 1;
        for (int length : List.of(line, line + 30, whole.length - 1)) {
            Files.write(newer, Arrays.copyOf(whole, length));

            assertIsRefused(WORLD, NOT_REACHED.formatted(24));
            assertIsShownAndStays(NOT_REACHED.formatted(24));
        }
    }

    @Test
    void aWorldWithoutAJournalDoesNotBeginAnewBesideItsCopy() throws Exception {
        Files.delete(older);
        Files.delete(newer);
        String reason = NO_JOURNAL.formatted("worlds/garden/world.json");

        assertIsRefused(WORLD, reason);
        assertIsShownAndStays(reason);

        Files.writeString(copy, "edited");
        assertIsRefused(WORLD, reason);
    }

    @Test
    void noHistoryIsTakenOverBesideTheCopyOfALostWorld() throws Exception {
        Files.delete(older);
        Files.delete(newer);
        byte[] before = Files.readAllBytes(copy);

        try (FileWorldStore store = new FileWorldStore(data, LIMIT)) {
            History history = new History(WorldState.initial("elsewhere", SEED), List.of());
            assertThatExceptionOfType(DamagedWorldException.class)
                    .isThrownBy(() -> store.adopt(WORLD, history));
        }

        assertThat(Files.readAllBytes(copy)).isEqualTo(before);
        assertThat(newer).doesNotExist();
    }

    @Test
    void whoMovesTheCopyAwayGoesOnWithoutWhatIsLost() throws Exception {
        Files.delete(newer);
        Files.move(copy, data.resolve("away"));

        assertThat(opened(WORLD).revision()).isEqualTo(20);

        try (Stream<Path> files = Files.list(data.resolve("worlds/garden"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(opened(WORLD).revision()).isZero();
    }

    @Test
    void profilesAndIsolatedWorldsAreNoticedToo() throws Exception {
        WorldId profile = new WorldId.Profile(ALICE);
        WorldId isolated = new WorldId.Isolated(GARDEN, ALICE);
        for (WorldId world : List.of(profile, isolated)) {
            opened(world);
        }
        Path folder = data.resolve("players/alice");
        Files.delete(folder.resolve("_profile/journal-0000000000000000000.jsonl"));
        Files.delete(folder.resolve("garden/journal-0000000000000000000.jsonl"));

        assertIsRefused(profile, NO_JOURNAL.formatted("players/alice/_profile/profile.json"));
        assertIsRefused(isolated, NO_JOURNAL.formatted("players/alice/garden/world.json"));
    }

    @Test
    void aPlayersOwnCopyIsNoWorldThatWasLost() {
        assertThat(data.resolve("players/alice/garden/view.json")).exists();

        assertThat(opened(new WorldId.Isolated(GARDEN, ALICE)).revision()).isZero();
    }

    @Test
    void aCopyThatIsBehindOrWasEditedIsNoWitness() throws Exception {
        for (String text :
                List.of(
                        "{\"metadata\":{\"_version\":24,\"_epoch\":\"another\"}}",
                        "{}",
                        "{\"season\": {\"_version\": 99}}",
                        "")) {
            Files.writeString(copy, text);

            assertThat(opened(WORLD).revision()).as(text).isEqualTo(25);
        }
    }

    @Test
    void aCopyShowsHowFarItReachesHoweverLongItIs() throws Exception {
        try (FileWorldStore store = new FileWorldStore(data, LIMIT)) {
            Position at = head(store.open(WORLD, () -> SEED)).position();
            store.commit(WORLD, at, List.of(put(25, "text", Json.of("long ".repeat(10_000)))));
        }

        assertThat(CopyWitness.of(WORLD, copy.resolveSibling("")).revision()).isEqualTo(26);
    }
}
