package io.worldweave.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
                assertConnects(settings.with(stores(store, null)));
                assertThat(stranger.isConnected()).isFalse();
            }
        }
    }

    @Test
    void aServerThatAsksForACertificateIsShownTheOneThatIsNamed() throws Exception {
        Path trust = keyStore();
        String configuration =
                "tls { cert_file: \"%1$s\", key_file: \"%2$s\", ca_file: \"%1$s\", verify: true }"
                        .formatted(directory.resolve("cert.pem"), directory.resolve("key.pem"));
        try (NatsServer server = NatsServer.start(configuration)) {
            NatsSettings settings = NatsSettings.of("tls://localhost:" + server.port());
            try (NatsBus stranger = NatsBus.connect(settings.with(stores(trust, null)))) {
                assertConnects(settings.with(stores(trust, directory.resolve("store.p12"))));
                assertThat(stranger.isConnected()).isFalse();
            }
        }
    }

    private static NatsSettings.Stores stores(Path trust, @Nullable Path key) {
        return new NatsSettings.Stores(
                Optional.of(trust), Optional.ofNullable(key), Optional.of(PASSWORD));
    }

    /** As operators give accounts to teams, and those give credentials to their programs. */
    @Test
    void aFileOfCredentialsProvesWhoTheNodeIs() throws Exception {
        NKey operator = NKey.createOperator(null);
        NKey account = NKey.createAccount(null);
        NKey user = NKey.createUser(null);
        String accountId = new String(account.getPublicKey());
        String configuration =
                "operator: %s%nresolver: MEMORY%nresolver_preload: { %s: %s }"
                        .formatted(
                                jwt(operator, operator, "{\"type\":\"operator\",\"version\":2}"),
                                accountId,
                                jwt(
                                        operator,
                                        account,
                                        "{\"type\":\"account\",\"version\":2,\"limits\":{\"subs\":-1,"
                                                + "\"data\":-1,\"payload\":-1,\"conn\":-1}}"));
        Path credentials =
                Files.writeString(
                        directory.resolve("node.creds"),
                        JwtUtils.NATS_USER_JWT_FORMAT.formatted(
                                JwtUtils.issueUserJWT(
                                        account, accountId, new String(user.getPublicKey())),
                                new String(user.getSeed())));
        try (NatsServer server = NatsServer.start(configuration);
                NatsBus stranger = NatsBus.connect(NatsSettings.of(server.url()))) {
            assertConnects(
                    NatsSettings.of(server.url())
                            .with(NatsSettings.Login.credentials(credentials)));
            assertThat(stranger.isConnected()).isFalse();
        }
    }

    private static String jwt(NKey signer, NKey subject, String claims) throws Exception {
        return JwtUtils.issueJWT(
                signer,
                new String(subject.getPublicKey()),
                "worldweave",
                Duration.ofDays(1),
                JwtUtils.currentTimeSeconds(),
                new String(signer.getPublicKey()),
                () -> claims);
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
