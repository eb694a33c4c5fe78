package io.worldweave.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void everySettingHasADefaultAndEveryDefaultIsOfASetting() {
        TreeSet<String> keys = new TreeSet<>();
        Catalogue.all().forEach(setting -> keys.add(setting.key()));

        assertThat(defaults().stringPropertyNames()).isEqualTo(keys);
    }

    @Test
    void everyDefaultIsAllowed() {
        for (Setting<?> setting : Catalogue.all()) {
            assertThat(setting.allowed().read(defaults().getProperty(setting.key())))
                    .as(setting.key())
                    .isNotNull();
        }
    }

    @Test
    void theDocumentationListsThemAsTheyAre() throws IOException {
        List<String> written =
                Files.readAllLines(PAGE).stream()
                        .filter(line -> line.startsWith("| `worldweave."))
                        .toList();

        assertThat(written)
                .as("the table of docs/configuration.md is to be:\n%s", String.join("\n", table()))
                .isEqualTo(table());
    }

    private static List<String> table() {
        Properties defaults = defaults();
        List<String> lines = new ArrayList<>();
        for (Setting<?> setting : Catalogue.all()) {
            String standard = defaults.getProperty(setting.key());
            lines.add(
                    "| `%s` | %s | %s | %s |"
                            .formatted(
                                    setting.key(),
                                    standard.isEmpty() ? "" : "`" + standard + "`",
                                    setting.allowed().description(),
                                    setting.meaning()));
        }
        return lines;
    }

    private static Properties defaults() {
        Properties properties = new Properties();
        try (InputStream file =
                Catalogue.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
