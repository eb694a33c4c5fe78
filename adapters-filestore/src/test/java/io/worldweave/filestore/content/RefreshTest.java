package io.worldweave.filestore.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.world.ExperienceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RefreshTest {
    @TempDir Path folder;
    private final List<InvalidExperienceException> reported = new ArrayList<>();
    private Garden garden;
    private FileExperiences experiences;

    @BeforeEach
    void readTheGarden() {
        garden = Garden.in(folder);
        experiences = new FileExperiences(folder, Garden.ACTIONS, reported::add);
    }

    @Test
    void whatIsAsItWasIsNotReadAgain() {
        Experience before = experiences.find(Garden.ID);

        assertThat(experiences.refresh()).isEmpty();

        assertThat(experiences.find(Garden.ID)).isSameAs(before);
    }

    @Test
    void anEditedFileMakesANewExperience() {
        Experience before = experiences.find(Garden.ID);
        garden.edit("config.json", "Moon Garden", "Garden of the Moon").touch("config.json");

        assertThat(experiences.refresh()).containsExactly(Garden.ID);

        assertThat(before.name()).isEqualTo("Moon Garden");
        assertThat(experiences.find(Garden.ID).name()).isEqualTo("Garden of the Moon");
    }

    @Test
    void anEditOfTheSameLengthIsNoticed() {
        garden.edit("game-logic/take.md", "You take", "You grab").touch("game-logic/take.md");

        assertThat(experiences.refresh()).containsExactly(Garden.ID);
    }

    @Test
    void aNewFileIsNoticed() {
        garden.write("templates/items/lamp.md", "# Lamp\n");

        assertThat(experiences.refresh()).containsExactly(Garden.ID);

        assertThat(experiences.find(Garden.ID).templates()).containsKey("lamp");
    }

    @Test
    void anExperienceThatBecameInvalidGoesOnAsItWas() {
        Experience before = experiences.find(Garden.ID);
        garden.edit("config.json", "1.2.3", "one").touch("config.json");

        assertThat(experiences.refresh()).isEmpty();
        assertThat(experiences.refresh()).isEmpty();

        assertThat(experiences.find(Garden.ID)).isSameAs(before);
        assertThat(experiences.problems())
                .containsExactly(
                        new Problem("moon-garden/config.json", "version", "'one' is not x.y.z"));
        assertThat(reported).hasSize(1);
    }

    @Test
    void whatWasPutRightIsReadAndItsProblemIsGone() {
        garden.edit("config.json", "1.2.3", "one").touch("config.json");
        experiences.refresh();
        garden.edit("config.json", "one", "1.3.0").touch("config.json");

        assertThat(experiences.refresh()).containsExactly(Garden.ID);

        assertThat(experiences.find(Garden.ID).version()).isEqualTo("1.3.0");
        assertThat(experiences.problems()).isEmpty();
    }

    @Test
    void anExperienceThatIsNewOrGoneIsNoticed() throws Exception {
        Files.move(folder.resolve("moon-garden"), folder.resolve("sun-garden"));
        Path config = folder.resolve("sun-garden/config.json");
        Files.writeString(config, Files.readString(config).replace("moon-garden", "sun-garden"));
        ExperienceId sun = new ExperienceId("sun-garden");

        assertThat(experiences.refresh()).containsExactlyInAnyOrder(Garden.ID, sun);

        assertThat(experiences.find(Garden.ID)).isNull();
        assertThat(experiences.all()).extracting(Experience::id).containsExactly(sun);
    }

    @Test
    void aNewExperienceThatIsInvalidHarmsNoOther() throws Exception {
        Files.createDirectory(folder.resolve("half-copied"));

        assertThat(experiences.refresh()).isEmpty();

        assertThat(experiences.all()).hasSize(1);
        assertThat(reported)
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("half-copied/config.json: is missing");
    }
}
