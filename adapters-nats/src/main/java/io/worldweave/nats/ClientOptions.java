package io.worldweave.nats;

import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** The settings as the client library wants them. */
final class ClientOptions {
    private static final int PINGS_UNANSWERED = 2;

    private ClientOptions() {}

    /**
     * Returns them.
     *
     * @throws IllegalArgumentException if an address or a file is not what it should be
     */
    static Options.Builder of(NatsSettings settings) {
        NatsSettings.Limits limits = settings.limits();
        Options.Builder builder =
                new Options.Builder()
                        .servers(settings.servers().toArray(String[]::new))
                        .connectionName(settings.name())
                        // what this node says itself it need not hear
                        .noEcho()
                        .connectionTimeout(limits.connect())
                        .maxReconnects(-1)
                        .reconnectWait(limits.retry())
                        .reconnectJitter(limits.retry().dividedBy(4))
                        .reconnectJitterTls(limits.retry().dividedBy(4))
                        // news that is old when a server is back helps nobody
                        .reconnectBufferSize(0)
                        .pingInterval(limits.ping())
                        .maxPingsOut(PINGS_UNANSWERED)
                        // the outbox is the limit; subscriptions are never to wait for it
                        .maxMessagesInOutgoingQueue(0);
        login(builder, settings.login());
        stores(builder, settings.stores());
        return builder;
    }

    private static void login(Options.Builder builder, NatsSettings.Login login) {
        if (login.credentials().isPresent()) {
            builder.credentialPath(readable(login.credentials().get()).toString());
        } else if (login.nkey().isPresent()) {
            builder.authHandler(Seed.read(login.nkey().get()));
        } else if (login.token().isPresent()) {
            builder.token(login.token().get().toCharArray());
        } else if (login.user().isPresent()) {
            builder.userInfo(
                    login.user().get().toCharArray(), login.password().orElse("").toCharArray());
        }
    }

    private static void stores(Options.Builder builder, NatsSettings.Stores stores) {
        stores.trust().ifPresent(path -> builder.truststorePath(readable(path).toString()));
        stores.key().ifPresent(path -> builder.keystorePath(readable(path).toString()));
        stores.password()
                .map(String::toCharArray)
                .ifPresent(password -> {
                    if (stores.trust().isPresent()) {
                        builder.truststorePassword(password);
                    }
                    if (stores.key().isPresent()) {
                        builder.keystorePassword(password);
                    }
                });
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(file + " cannot be read");
        }
        return file;
    }

    /** Proves who the node is by a key whose public half the servers know. */
    private record Seed(NKey key) implements AuthHandler {
        static Seed read(Path file) {
            try (var lines = Files.lines(file)) {
                String seed =
                        lines.map(String::strip)
                                .filter(line -> line.startsWith("SU"))
                                .findFirst()
                                .orElseThrow(() ->
                                        new IllegalArgumentException(
                                                file + " holds no seed of a user"));
                return new Seed(NKey.fromSeed(seed.toCharArray()));
            } catch (IOException | UncheckedIOException failure) {
                throw new IllegalArgumentException(file + " cannot be read", failure);
            }
        }

        @Override
        public byte[] sign(byte[] nonce) {
            try {
                return key.sign(nonce);
            } catch (GeneralSecurityException | IOException failure) {
                throw new IllegalStateException("the key cannot sign", failure);
            }
        }

        @Override
        public char[] getID() {
            try {
                return key.getPublicKey();
            } catch (GeneralSecurityException | IOException failure) {
                throw new IllegalStateException("the key has no public half", failure);
            }
        }

        @Override
        public char @Nullable [] getJWT() {
            return null;
        }
    }
}
