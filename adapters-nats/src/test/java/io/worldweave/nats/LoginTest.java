package io.worldweave.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.nats.client.NKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a node is to servers that ask, and how it knows them. */
class LoginTest {
    private static final String PASSWORD = "changeit";

    @TempDir Path directory;

    private static void assertConnects(NatsSettings settings) {
        try (NatsBus bus = NatsBus.connect(settings)) {
            await().until(bus::isConnected);
        }
    }

    @Test
    void aTokenIsShown() {
        try (NatsServer server = NatsServer.start("authorization { token: \"a secret\" }")) {
            assertConnects(
                    NatsSettings.of(server.url()).with(NatsSettings.Login.token("a secret")));
        }
    }

    @Test
    void whoIsRefusedSaysSoAndTriesAgain() {
        try (NatsServer server = NatsServer.start("authorization { user: node, password: right }");
                NatsBus bus =
                        NatsBus.connect(
                                NatsSettings.of(server.url())
                                        .with(NatsSettings.Login.user("node", "wrong")))) {
            await().until(() -> bus.trouble().toLowerCase(java.util.Locale.ROOT).contains("auth"));
            assertThat(bus.isConnected()).isFalse();
            assertConnects(
                    NatsSettings.of(server.url()).with(NatsSettings.Login.user("node", "right")));
        }
    }

    @Test
    void aKeyProvesWhoTheNodeIs() throws Exception {
        NKey key = NKey.createUser(null);
        Path seed =
                Files.writeString(
                        directory.resolve("node.nk"), "  " + new String(key.getSeed()) + "\n");
        String configuration =
                "authorization { users: [ { nkey: " + new String(key.getPublicKey()) + " } ] }";
        try (NatsServer server = NatsServer.start(configuration)) {
            assertConnects(NatsSettings.of(server.url()).with(NatsSettings.Login.nkey(seed)));
        }
    }

    @Test
    void aServerIsTrustedByTheStoreThatIsNamedAndByThatAlone() throws Exception {
        Path store = keyStore();
        String configuration =
                "tls { cert_file: \"%s\", key_file: \"%s\" }"
                        .formatted(directory.resolve("cert.pem"), directory.resolve("key.pem"));
        try (NatsServer server = NatsServer.start(configuration)) {
            NatsSettings settings = NatsSettings.of("tls://localhost:" + server.port());
            try (NatsBus stranger = NatsBus.connect(settings)) {
                assertConnects(
                        settings.with(
                                new NatsSettings.Stores(
                                        Optional.of(store),
                                        Optional.empty(),
                                        Optional.of(PASSWORD))));
                assertThat(stranger.isConnected()).isFalse();
            }
        }
    }

    @Test
    void aFileThatIsNotThereIsSaidAtOnce() {
        NatsSettings settings =
                NatsSettings.of("nats://localhost:4222")
                        .with(NatsSettings.Login.nkey(directory.resolve("missing")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NatsBus.connect(settings))
                .withMessageContaining("missing");
    }

    /** Makes a certificate for localhost, as the server and as the client want it. */
    private Path keyStore() throws Exception {
        Path store = directory.resolve("store.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        run(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "nats",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        writePem("cert.pem", "CERTIFICATE", keys.getCertificate("nats").getEncoded());
        writePem(
                "key.pem", "PRIVATE KEY", keys.getKey("nats", PASSWORD.toCharArray()).getEncoded());
        Path trust = directory.resolve("trust.p12");
        run(
                keytool.toString(),
                "-importcert",
                "-noprompt",
                "-alias",
                "nats",
                "-file",
                directory.resolve("cert.pem").toString(),
                "-keystore",
                trust.toString(),
                "-storepass",
                PASSWORD);
        return trust;
    }

    private void writePem(String file, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                directory.resolve(file),
                "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, text, what));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
