package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The protocol page lists every error code, and every way in which a session is closed. With {@code
 * -Dgolden.update=true} its tables are written anew.
 */
class CatalogueTest {
    private static final Path PAGE = Path.of("../docs/protocol.md");

    @Test
    void theProtocolPageListsEveryCode() throws IOException {
        StringBuilder table =
                new StringBuilder(
                        "| code | status | try again | meaning |\n| --- | --- | --- | --- |\n");
        for (ErrorCode code : ErrorCode.values()) {
            table.append(
                    "| `%s` | %d | %s | %s |\n"
                            .formatted(
                                    code.code(), code.status(), word(code.retry()), code.title()));
        }
        assertListed("catalogue", table.toString());
    }

    @Test
    void theProtocolPageListsEveryCloseOfASession() throws IOException {
        StringBuilder table =
                new StringBuilder(
                        "| closed with | because of | come back |\n| --- | --- | --- |\n");
        for (SessionClose close : SessionClose.values()) {
            table.append(
                    "| %d | %s | %s |\n"
                            .formatted(
                                    close.code(),
                                    close.reasons().stream()
                                            .map(reason -> "`" + reason.code() + "`")
                                            .collect(Collectors.joining(", ")),
                                    word(close.comeBack())));
        }
        assertListed("closes", table.toString());
    }

    private static String word(boolean yes) {
        return yes ? "yes" : "no";
    }

    private static void assertListed(String name, String table) throws IOException {
        String page = Files.readString(PAGE);
        String opening = "<!-- " + name + ": begin -->\n";
        int begin = page.indexOf(opening) + opening.length();
        int end = page.indexOf("<!-- " + name + ": end -->");
        assertThat(end).as("the place of %s in %s", name, PAGE).isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
        } else {
            assertThat(page.substring(begin, end)).isEqualTo(table);
        }
    }
}
