package io.worldweave.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What goes over the wire, kept as files: a change of it shows as a change of a file. With {@code
 * -Dgolden.update=true} the files are written anew.
 */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /** Checks that {@code text}, one line of JSON, is what the file of that name shows. */
    static void check(String name, String text) {
        assertThat(text).doesNotContain("\n");
        Json value = JsonReader.strict().read(text.getBytes(UTF_8));
        assertThat(text).as("compact").isEqualTo(new String(JsonWriter.compact(value), UTF_8));
        Path file = FOLDER.resolve(name + ".json");
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(FOLDER);
                Files.write(file, JsonWriter.pretty(value));
            }
            assertThat(new String(JsonWriter.pretty(value), UTF_8))
                    .as(name)
                    .isEqualTo(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
