package io.worldweave.filestore.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundledExperiencesTest {
    @TempDir Path place;
    private Path bundled;
    private Path folder;

    @BeforeEach
    void writeWhatIsBundled() {
        bundled = place.resolve("bundled");
        folder = place.resolve("new/experiences");
        Garden.in(bundled);
    }

    @Test
    void whatIsAbsentIsCopiedAsAWhole() throws Exception {
        assertThat(BundledExperiences.install(bundled, folder)).containsExactly("moon-garden");

        assertThat(new FileExperiences(folder, Garden.ACTIONS, invalid -> {}).all()).hasSize(1);
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries).containsExactly(folder.resolve("moon-garden"));
        }
    }

    @Test
    void whatIsThereIsLeftAsItIs() throws Exception {
        Files.createDirectories(folder.resolve("moon-garden"));

        assertThat(BundledExperiences.install(bundled, folder)).isEmpty();

        assertThat(folder.resolve("moon-garden")).isEmptyDirectory();
    }

    @Test
    void aFolderWithoutAConfigIsNoExperience() throws Exception {
        Files.createDirectories(bundled.resolve("removed/game-logic"));

        assertThat(BundledExperiences.install(bundled, folder)).containsExactly("moon-garden");

        assertThat(folder.resolve("removed")).doesNotExist();
    }

    @Test
    void aCopyThatACrashCutShortIsBegunAnew() throws Exception {
        Path unfinished = folder.resolve(".unfinished-moon-garden/state");
        Files.createDirectories(unfinished);
        Files.writeString(unfinished.resolve("world.json"), "{\"half");

        assertThat(BundledExperiences.install(bundled, folder)).containsExactly("moon-garden");

        assertThat(folder.resolve(".unfinished-moon-garden")).doesNotExist();
        assertThat(folder.resolve("moon-garden/state/world.json"))
                .hasSameTextualContentAs(bundled.resolve("moon-garden/state/world.json"));
    }
}
