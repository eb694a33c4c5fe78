package io.worldweave.filestore.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.world.ExperienceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RefreshTest {
    @TempDir Path folder;
    private final List<Rereading> reported = new ArrayList<>();
    private Garden garden;
    private FileExperiences experiences;

    @BeforeEach
    void readTheGarden() {
        garden = Garden.in(folder);
        experiences = new FileExperiences(folder, Garden.ACTIONS, reported::add);
    }

    /** Looks twice: what changed is read when it has come to rest. */
    private Set<ExperienceId> refresh() {
        Set<ExperienceId> changed = new HashSet<>(experiences.refresh());
        changed.addAll(experiences.refresh());
        return changed;
    }

    @Test
    void whatIsAsItWasIsNotReadAgain() {
        Experience before = experiences.find(Garden.ID);

        assertThat(refresh()).isEmpty();

        assertThat(experiences.find(Garden.ID)).isSameAs(before);
    }

    @Test
    void anEditedFileMakesANewExperience() {
        Experience before = experiences.find(Garden.ID);
        garden.edit("config.json", "Moon Garden", "Garden of the Moon").touch("config.json");

        assertThat(refresh()).containsExactly(Garden.ID);

        assertThat(before.name()).isEqualTo("Moon Garden");
        assertThat(experiences.find(Garden.ID).name()).isEqualTo("Garden of the Moon");
    }

    @Test
    void anEditOfTheSameLengthIsNoticed() {
        garden.edit("game-logic/take.md", "You take", "You grab").touch("game-logic/take.md");

        assertThat(refresh()).containsExactly(Garden.ID);
    }

    @Test
    void aNewFileIsNoticed() {
        garden.write("templates/items/lamp.md", "# Lamp\n");

        assertThat(refresh()).containsExactly(Garden.ID);

        assertThat(experiences.find(Garden.ID).templates()).containsKey("lamp");
    }

    @Test
    void anExperienceThatBecameInvalidGoesOnAsItWas() {
        Experience before = experiences.find(Garden.ID);
        garden.edit("config.json", "1.2.3", "one").touch("config.json");

        assertThat(refresh()).isEmpty();
        assertThat(refresh()).isEmpty();

        assertThat(experiences.find(Garden.ID)).isSameAs(before);
        assertThat(experiences.problems())
                .containsExactly(
                        new Problem(
                                "moon-garden/config.json", "version", "'one' is not x.y.z", 1, 0));
        assertThat(reported)
                .containsExactly(
                        new Rereading(
                                "moon-garden",
                                List.of("config.json"),
                                before,
                                experiences.problems()));
    }

    @Test
    void whatWasPutRightIsReadAndItsProblemIsGone() {
        garden.edit("config.json", "1.2.3", "one").touch("config.json");
        refresh();
        garden.edit("config.json", "one", "1.3.0").touch("config.json");

        assertThat(refresh()).containsExactly(Garden.ID);

        assertThat(experiences.find(Garden.ID).version()).isEqualTo("1.3.0");
        assertThat(experiences.problems()).isEmpty();
    }

    @Test
    void anExperienceThatIsNewOrGoneIsNoticed() throws Exception {
        Files.move(folder.resolve("moon-garden"), folder.resolve("sun-garden"));
        Path config = folder.resolve("sun-garden/config.json");
        Files.writeString(config, Files.readString(config).replace("moon-garden", "sun-garden"));
        ExperienceId sun = new ExperienceId("sun-garden");

        assertThat(refresh()).containsExactlyInAnyOrder(Garden.ID, sun);

        assertThat(experiences.find(Garden.ID)).isNull();
        assertThat(experiences.all()).extracting(Experience::id).containsExactly(sun);
    }

    @Test
    void aNewExperienceThatIsInvalidHarmsNoOther() throws Exception {
        Files.createDirectory(folder.resolve("half-copied"));

        assertThat(refresh()).isEmpty();

        assertThat(experiences.all()).hasSize(1);
        assertThat(reported)
                .singleElement()
                .extracting(Rereading::problems)
                .hasToString("[half-copied/config.json: is missing]");
    }

    @Test
    void whatIsStillBeingWrittenIsNotReadYet() {
        garden.write("state/world.json", "{\"locations\": {").touch("state/world.json");
        assertThat(experiences.refresh()).isEmpty();

        garden.write("state/world.json", Garden.WORLD.replace("night", "dawn"))
                .touch("state/world.json");
        assertThat(experiences.refresh()).isEmpty();
        assertThat(experiences.refresh()).containsExactly(Garden.ID);

        assertThat(reported).singleElement().matches(Rereading::isValid);
    }

    @Test
    void whatIsWrittenAllTheTimeIsReadNowAndThen() {
        Set<ExperienceId> changed = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            garden.write("config.json", Garden.CONFIG.replace("1.2.3", "1.2." + i))
                    .touch("config.json");
            changed.addAll(experiences.refresh());
        }

        assertThat(changed).containsExactly(Garden.ID);
    }

    @Test
    void whatIsWrittenAgainAsItWasIsNoEdit() {
        Experience before = experiences.find(Garden.ID);
        garden.touch("state/world.json");

        assertThat(refresh()).isEmpty();

        assertThat(experiences.find(Garden.ID)).isSameAs(before);
        assertThat(reported).isEmpty();
    }

    @Test
    void anEditNamesItsFiles() {
        garden.edit("templates/items/silver_key.md", "12.5", "13")
                .touch("templates/items/silver_key.md")
                .write("templates/items/lamp.md", "# Lamp\n");

        refresh();

        assertThat(reported)
                .singleElement()
                .extracting(Rereading::files)
                .asString()
                .isEqualTo("[templates/items/lamp.md, templates/items/silver_key.md]");
    }

    @Test
    void whatAWrongFileLeadsToElsewhereIsNotBlamedOnOthers() {
        garden.edit(
                        "templates/items/silver_key.md",
                        "**Collectible**: yes",
                        "**Collectible**: maybe")
                .touch("templates/items/silver_key.md");

        refresh();

        assertThat(experiences.problems())
                .extracting(Problem::file)
                .containsExactly("moon-garden/templates/items/silver_key.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.json",
                "state/world.json",
                "templates/items/silver_key.md",
                "game-logic/take.md",
                "schema.json"
            })
    void aPipeInPlaceOfAFileIsAnInvalidEditAndHoldsUpNothing(String file) {
        garden.pipe(file);

        assertTimeoutPreemptively(Duration.ofSeconds(10), this::refresh);

        assertThat(experiences.problems())
                .containsExactly(
                        new Problem("moon-garden/" + file, "", "is no ordinary file", 0, 0));
        assertThat(reported).singleElement().matches(reread -> reread.files().contains(file));
    }

    @Test
    void aDeviceInPlaceOfAFileIsAnInvalidEdit() throws Exception {
        garden.delete("state/world.json");
        Files.createSymbolicLink(
                folder.resolve("moon-garden/state/world.json"), Path.of("/dev/zero"));

        refresh();

        assertThat(experiences.problems())
                .extracting(Problem::reason)
                .containsExactly("is no ordinary file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    state/world.json | "instance_id": "key_1", | "instance_id": "key_1",, | 5
                    state/world.json | "template_id": "silver_key" | "template_id": "gold" | 5
                    state/world.json | "lng": 151.2 | "lng": 181 | 2
                    config.json | "auto_save": true | "auto_save": 1 | 2
                    config.json | "giver": "gardener_1" | "giver": "nobody" | 5
                    templates/items/silver_key.md | - **Collectible**: yes | Collectible. | 9
                    templates/items/silver_key.md | - **Collectible**: yes | - **Type**: lock | 10
                    templates/items/silver_key.md | - **Collectible**: yes | - **Collectible**: maybe | 10
                    templates/items/silver_key.md | - **Collectible**: yes | * **Collectible**: maybe | 10
                    game-logic/take.md | action: collect_item | action: fly | 3
                    game-logic/take.md | kind: item | kind: bottle | 7
                    game-logic/take.md | examples: | aliases: | 6
                    """)
    void aProblemNamesItsLine(String file, String part, String replacement, int line) {
        garden.edit(file, part, replacement).touch(file);

        refresh();

        assertThat(reported).hasSize(1);
        assertThat(reported.getFirst().problems())
                .filteredOn(problem -> problem.file().equals("moon-garden/" + file))
                .extracting(Problem::line)
                .contains(line);
    }
}
