package io.worldweave.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsFileTest {
    private static final Credential ALICE = new Credential("the key of alice", false);
    private static final Credential BOB = new Credential("the key of bob", false);

    private final AtomicLong nanos = new AtomicLong();
    private @TempDir Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("credentials");
    }

    @Test
    void aKeyProvesItsUser() throws IOException {
        write(line(ALICE, "alice"));

        assertThat(open().identify(ALICE).user().value()).isEqualTo("alice");
        assertThat(open().identify(BOB)).isNull();
    }

    @Test
    void aFileThatAppearsIsFound() throws IOException {
        CredentialsFile keys = open();
        assertThat(keys.isPresent()).isFalse();

        write(line(ALICE, "alice"));
        aSecondPasses();
        assertThat(keys.isPresent()).isTrue();
        assertThat(keys.identify(ALICE)).isNotNull();
    }

    @Test
    void aChangeIsSeenAfterASecondAndNotBefore() throws IOException {
        write(line(ALICE, "alice"));
        CredentialsFile keys = open();

        write(line(BOB, "bob the builder"));
        assertThat(keys.identify(ALICE)).isNotNull();
        aSecondPasses();
        assertThat(keys.identify(ALICE)).isNull();
        assertThat(keys.identify(BOB)).isNotNull();
    }

    @Test
    void aSlipLeavesTheKeysAsTheyWere() throws IOException {
        write(line(ALICE, "alice"));
        CredentialsFile keys = open();

        write("nonsense");
        aSecondPasses();
        assertThat(keys.identify(ALICE)).isNotNull();
    }

    @Test
    void aFileThatIsGoneLeavesTheKeysAndKeepsTheKnownOnesOut() throws IOException {
        write(line(ALICE, "alice"));
        CredentialsFile keys = open();

        Files.delete(file);
        aSecondPasses();
        assertThat(keys.identify(ALICE)).isNotNull();
        assertThat(keys.isPresent()).isTrue();
    }

    @Test
    void anEmptyFileLetsNobodyIn() throws IOException {
        write(line(ALICE, "alice"));
        CredentialsFile keys = open();

        write("");
        aSecondPasses();
        assertThat(keys.identify(ALICE)).isNull();
    }

    @Test
    void aMalformedFileIsNoFileToBeginWith() throws IOException {
        write("nonsense");

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidCredentialsException.class)
                .hasMessageContaining("credentials")
                .hasMessageContaining("line 1");
    }

    @Test
    void aCredentialIsNeverWritten() {
        assertThat(ALICE.toString()).doesNotContain(ALICE.text());
    }

    private CredentialsFile open() {
        return new CredentialsFile(file, nanos::get);
    }

    private void aSecondPasses() {
        nanos.addAndGet(CredentialsFile.LOOK_EVERY.toNanos());
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text + "\n");
    }

    private static String line(Credential credential, String user) {
        return "sha256:" + credential.sha256() + " " + user + " player";
    }
}
