package io.worldweave.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.Role;
import io.worldweave.domain.user.UserId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLinesTest {
    private static final String HASH = "ab".repeat(32);

    @Test
    void aLineIsAHashAUserAndRoles() {
        KeyLines lines =
                KeyLines.read(
                        List.of(
                                "# who may come in",
                                "",
                                "  sha256:" + HASH + "\tgame server one  publisher,player  "));

        assertThat(lines.problems()).isEmpty();
        assertThat(lines.identities())
                .containsOnly(
                        Map.entry(
                                HASH,
                                new Identity(
                                        new UserId("game server one"),
                                        Set.of(Role.PLAYER, Role.PUBLISHER))));
    }

    @Test
    void theCaseOfAHashDoesNotCount() {
        KeyLines lines =
                KeyLines.read(List.of("sha256:" + "AB".repeat(32) + " p@example.com player"));

        assertThat(lines.identities()).containsOnlyKeys(HASH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:abab alice player",
                "md5:%s alice player",
                "%s alice player",
                "sha256:%s alice",
                "sha256:%s alice king",
                "sha256:%s alice player,",
                "sha256:%s al\u0007ice player",
                "sha256:%s  player",
                "alice player sha256:%s"
            })
    void whatIsNoLineIsReportedByItsNumberAndNotByItsText(String line) {
        KeyLines lines = KeyLines.read(List.of("# first", line.formatted(HASH)));

        assertThat(lines.identities()).isEmpty();
        assertThat(lines.problems()).singleElement().asString().startsWith("line 2");
        assertThat(lines.problems().toString()).doesNotContain(HASH);
    }

    @Test
    void oneKeyIsOnePerson() {
        String line = "sha256:" + HASH + " alice player";

        assertThat(KeyLines.read(List.of(line, line)).problems())
                .containsExactly("line 2 has the key of an earlier line");
    }

    @Test
    void moreLinesThanTheLimitAreNotRead() {
        KeyLines lines = KeyLines.read(Collections.nCopies(KeyLines.LINE_LIMIT + 1, "#"));

        assertThat(lines.problems()).containsExactly("has more than 100000 lines");
    }
}
