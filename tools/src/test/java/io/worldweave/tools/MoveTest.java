package io.worldweave.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import io.worldweave.filestore.world.FileWorldStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worlds that move between stores and files, and lose nothing. */
final class MoveTest {
    @TempDir Path directory;
    private Path data;
    private Path other;
    private Path file;

    @BeforeEach
    void play() {
        data = directory.resolve("data");
        other = directory.resolve("other");
        file = directory.resolve("worlds.jsonl");
        try (FileWorldStore store = new FileWorldStore(data)) {
            Played.into(store);
        }
    }

    /** Returns everything that a store says of its worlds. */
    static Map<WorldId, History> all(WorldStore store) {
        Map<WorldId, History> all = new LinkedHashMap<>();
        for (WorldId world : store.worlds()) {
            all.put(world, store.open(world, () -> JsonObject.EMPTY));
        }
        return all;
    }

    private Map<WorldId, History> of(Path directory) {
        try (FileWorldStore store = new FileWorldStore(directory)) {
            return all(store);
        }
    }

    @Test
    void worldsGoThroughAFileWithoutLoss() {
        Run export = Run.of("export", "--from", "file:" + data, "--to", file);
        assertThat(export.status()).as(export.err()).isZero();
        Run imported = Run.of("import", "--from", file, "--to", "file:" + other);
        assertThat(imported.status()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("3 world(s) imported");

        assertThat(of(other)).isEqualTo(of(data)).hasSize(3);
        assertThat(of(other).get(Played.GARDEN).deltas().getLast().receipt()).isNotNull();
    }

    @Test
    void worldsGoFromOneStoreIntoAnotherWithoutAFile() {
        assertThat(Run.of("import", "--from", "file:" + data, "--to", "file:" + other).status())
                .isZero();

        assertThat(of(other)).isEqualTo(of(data));
    }

    @Test
    void aSingleWorldMayBeMeant() {
        String name = Played.COPY.toString();
        assertThat(Run.of("export", "--from", "file:" + data, "--to", file, name).status())
                .isZero();
        assertThat(Run.of("import", "--from", file, "--to", "file:" + other).status()).isZero();

        assertThat(of(other).keySet()).containsExactly(Played.COPY);
        assertThat(Run.of("import", "--from", file, "--to", "file:" + other, "moon").status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void noWorldIsWrittenOver() {
        Run.of("export", "--from", "file:" + data, "--to", file);
        Run.of("import", "--from", file, "--to", "file:" + other, "garden");
        Map<WorldId, History> before = of(other);

        Run refused = Run.of("import", "--from", file, "--to", "file:" + other);

        assertThat(refused.status()).isEqualTo(ExitStatus.WRONG);
        assertThat(refused.err()).contains("nothing was imported", "has already: garden");
        assertThat(of(other)).isEqualTo(before);

        Run rest = Run.of("import", "--from", file, "--to", "file:" + other, "--skip-existing");
        assertThat(rest.out()).contains("2 world(s) imported, 1 were there already");
        assertThat(of(other)).isEqualTo(of(data));
    }

    @Test
    void aSourceThatIsNoneIsSaidAndNothingIsMade() {
        Path target = other.resolve("new");
        for (Object source :
                new Object[] {
                    file,
                    data,
                    "file:" + file,
                    "file:" + data.resolve("nowhere"),
                    "tree:" + data.resolve("nowhere"),
                    "tree:" + data
                }) {
            Run run = Run.of("import", "--from", source, "--to", "file:" + target);

            assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.USAGE);
            assertThat(run.err().lines()).hasSize(1);
            assertThat(run.err()).doesNotContain("Exception").contains("; ");
            assertThat(target).doesNotExist();
        }
        assertThat(Run.of("import", "--from", data, "--to", "file:" + target).err())
                .contains(data + " is a directory", "file:DIR");
    }

    @Test
    void aTargetThatIsNoneIsSaid() throws Exception {
        Run.of("export", "--from", "file:" + data, "--to", file);
        for (String target : new String[] {"file:" + file, "tree:" + other, file.toString()}) {
            Run run = Run.of("import", "--from", file, "--to", target);
            assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.USAGE);
            assertThat(run.err().lines()).hasSize(1);
        }
        Run nowhere = Run.of("export", "--to", other.resolve("no/where"), "--from", "file:" + data);
        assertThat(nowhere.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(nowhere.err()).startsWith("there is no directory " + other.resolve("no"));
    }

    @Test
    void anExportThatIsThereIsNotWrittenOver() throws Exception {
        Files.writeString(file, "mine");

        assertThat(Run.of("export", "--from", "file:" + data, "--to", file).status())
                .isEqualTo(ExitStatus.WRONG);
        assertThat(file).hasContent("mine");
    }

    @Test
    void ofADamagedExportNothingIsImported() throws Exception {
        Run.of("export", "--from", "file:" + data, "--to", file);
        byte[] whole = Files.readAllBytes(file);
        byte[] changed = whole.clone();
        changed[whole.length - 200] ^= 1;
        int lastLine =
                new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf('\n', whole.length - 2);
        for (byte[] damaged :
                new byte[][] {
                    changed,
                    Arrays.copyOf(whole, whole.length - 1),
                    Arrays.copyOf(whole, lastLine + 1),
                    Arrays.copyOf(whole, whole.length + 1),
                    new byte[0]
                }) {
            Files.write(file, damaged);
            Run run = Run.of("import", "--from", file, "--to", "file:" + other);

            assertThat(run.status()).isNotZero();
            assertThat(run.err()).contains(file + ": line ");
            assertThat(of(other)).isEmpty();
        }
    }

    @Test
    void aDamagedWorldIsLeftOutOfAnExportAndSaid() throws Exception {
        Path journal = data.resolve("worlds/garden/journal-0000000000000000000.jsonl");
        byte[] bytes = Files.readAllBytes(journal);
        bytes[bytes.length / 2] ^= 1;
        Files.write(journal, bytes);

        Run export = Run.of("export", "--from", "file:" + data, "--to", file);

        assertThat(export.status()).isEqualTo(ExitStatus.WRONG);
        assertThat(export.err())
                .contains("what is kept of world garden is damaged", "2 world(s) exported");
        Run imported = Run.of("import", "--from", "file:" + data, "--to", "file:" + other);
        assertThat(imported.status()).isEqualTo(ExitStatus.WRONG);
        assertThat(of(other)).isEmpty();
    }

    @Test
    void aRunningServiceIsExportedAndNotImportedInto() {
        Map<WorldId, History> before = of(data);
        try (FileWorldStore store = new FileWorldStore(data)) {
            assertThat(store.worlds()).hasSize(3);
            assertThat(Run.of("export", "--from", "file:" + data, "--to", file).status()).isZero();
            Run refused = Run.of("import", "--from", file, "--to", "file:" + data);
            assertThat(refused.status()).isEqualTo(ExitStatus.UNAVAILABLE);
            assertThat(refused.err()).contains("in use by process");
        }
        Run.of("import", "--from", file, "--to", "file:" + other);
        assertThat(of(other)).isEqualTo(before);
    }

    @Test
    void aPlayedTreeIsImported() throws Exception {
        Path tree = tree();

        Run run = Run.of("import", "--from", "tree:" + tree, "--to", "file:" + other, "--json");

        assertThat(run.status()).as(run.err()).isZero();
        Map<WorldId, History> worlds = of(other);
        assertThat(worlds.keySet().stream().map(WorldId::toString))
                .containsExactly(
                        "profile/carol@example.com", "shop", "tent/bob", "tent/carol@example.com");
        WorldState shop = head(worlds, "shop");
        assertThat(shop.revision()).isEqualTo(41);
        assertThat(shop.shared().revision()).isEqualTo(41);
        assertThat(shop.shared().content().toString())
                .contains("\"door\":\"open\"", "\"name\":\"Dream bottle\"")
                .doesNotContain("_version");
        JsonObject carol =
                Objects.requireNonNull(shop.own(new UserId("carol@example.com"))).content();
        assertThat(carol.text("current_location")).isEqualTo("counter");
        assertThat(carol.items("inventory").getFirst().text("name")).isEqualTo("Dream bottle");
        assertThat(carol.has("quests")).as("what every player has").isTrue();
        assertThat(head(worlds, "tent/bob").shared().content().toString())
                .contains("\"lamp\":\"lit\"");
        assertThat(head(worlds, "tent/carol@example.com").shared().content().toString())
                .contains("\"lamp\":\"dark\"");
        assertThat(head(worlds, "profile/carol@example.com").shared().content().text("user_id"))
                .isEqualTo("carol@example.com");
        assertThat(Run.of("check", "--data", other).status()).isZero();
    }

    private static WorldState head(Map<WorldId, History> worlds, String name) {
        return worlds.entrySet().stream()
                .filter(entry -> entry.getKey().toString().equals(name))
                .map(entry -> entry.getValue().head())
                .findFirst()
                .orElseThrow();
    }

    private Path tree() throws IOException {
        Path tree = directory.resolve("tree");
        experience(
                tree,
                "shop",
                "shared",
                """
                {"metadata": {"_version": 41}, "door": "open", "locations": {"counter": {"id": "counter",
                 "name": "Counter", "items": [{"instance_id": "b1", "template_id": "bottle"}]}}}
                """);
        Path templates = Files.createDirectories(tree.resolve("experiences/shop/templates/items"));
        Files.writeString(
                templates.resolve("bottle.md"),
                """
                # Dream bottle

                > **Name**: Dream bottle

                ## Properties
                - **Collectible**: yes

                ## Description
                A bottle.
                """);
        experience(
                tree,
                "tent",
                "isolated",
                "{\"lamp\": \"dark\", \"locations\": {\"inside\": {\"id\": \"inside\", \"name\": \"Inside\"}}}");
        view(
                tree,
                "carol%40example%2Ecom/shop",
                """
                {"player": {"current_location": "counter", "inventory": [{"instance_id": "b2",
                 "template_id": "bottle"}]}, "metadata": {"_version": 12}}
                """);
        view(
                tree,
                "carol%40example%2Ecom/tent",
                "{\"player\": {\"current_location\": \"inside\"}}");
        view(
                tree,
                "bob/tent",
                """
                {"player": {"current_location": "inside"}, "lamp": "lit",
                 "locations": {"inside": {"id": "inside", "name": "Inside"}}}
                """);
        Files.writeString(
                tree.resolve("players/carol%40example%2Ecom/profile.json"), "{\"trust\": 3}");
        return tree;
    }

    private static void experience(Path tree, String id, String model, String world)
            throws IOException {
        Path folder = Files.createDirectories(tree.resolve("experiences").resolve(id));
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"id": "%s", "name": "%s", "version": "1.0.0", "state": {"model": "%s"},
                 "bootstrap": {"player_starting_location": "%s"}}
                """
                        .formatted(id, id, model, id.equals("shop") ? "counter" : "inside"));
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(folder.resolve("state/world.json"), world);
    }

    private static void view(Path tree, String folder, String view) throws IOException {
        Path path = Files.createDirectories(tree.resolve("players").resolve(folder));
        Files.writeString(path.resolve("view.json"), view);
    }
}
