package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The protocol page lists every error code. With {@code -Dgolden.update=true} its table is written
 * anew.
 */
class CatalogueTest {
    private static final Path PAGE = Path.of("../docs/protocol.md");
    private static final String BEGIN = "<!-- catalogue: begin -->\n";
    private static final String END = "<!-- catalogue: end -->";

    @Test
    void theProtocolPageListsEveryCode() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(end).as("the catalogue's place in %s", PAGE).isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
        } else {
            assertThat(page.substring(begin, end)).isEqualTo(table());
        }
    }

    private static String table() {
        StringBuilder table =
                new StringBuilder(
                        "| code | status | try again | meaning |\n| --- | --- | --- | --- |\n");
        for (ErrorCode code : ErrorCode.values()) {
            table.append(
                    "| `%s` | %d | %s | %s |%n"
                            .formatted(
                                    code.code(),
                                    code.status(),
                                    code.retry() ? "yes" : "no",
                                    code.title()));
        }
        return table.toString().replace("\r\n", "\n");
    }
}
