package io.worldweave.nats;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How the servers are reached.
 *
 * @param servers addresses such as {@code nats://host:4222} or {@code tls://host:4222}
 * @param name how the servers call this node's connection
 * @param login who the node is there
 * @param stores what TLS trusts and shows; without it what the JDK trusts
 * @param copies for whom there are copies where others speak to users
 * @param stream where JetStream keeps what is said to users, if it does
 * @param limits times and amounts
 */
public record NatsSettings(
        List<String> servers,
        String name,
        Login login,
        Stores stores,
        Copies copies,
        Optional<Stream> stream,
        Limits limits) {
    public NatsSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("at least one server is named");
        }
    }

    /** Returns settings for servers that ask for nothing, with their addresses between commas. */
    public static NatsSettings of(String servers) {
        return new NatsSettings(
                Arrays.stream(servers.split(",")).map(String::strip).toList(),
                "worldweave",
                Login.NONE,
                Stores.NONE,
                Copies.ACTOR,
                Optional.empty(),
                Limits.STANDARD);
    }

    public NatsSettings with(Login other) {
        return new NatsSettings(servers, name, other, stores, copies, stream, limits);
    }

    public NatsSettings with(Stores other) {
        return new NatsSettings(servers, name, login, other, copies, stream, limits);
    }

    public NatsSettings with(Limits other) {
        return new NatsSettings(servers, name, login, stores, copies, stream, other);
    }

    public NatsSettings with(Copies other) {
        return new NatsSettings(servers, name, login, stores, other, stream, limits);
    }

    public NatsSettings with(Stream other) {
        return new NatsSettings(servers, name, login, stores, copies, Optional.of(other), limits);
    }

    /** Who gets a copy of a {@code world_update} where others speak to users. */
    public enum Copies {
        /** The user who caused it. */
        ACTOR,
        /** Each user who has a stream that shows it, and the one who caused it. */
        VIEWERS,
        /** Nobody. */
        OFF
    }

    /**
     * The stream of JetStream over {@code world.updates.>}.
     *
     * @param age so long a message is kept, in a stream that this node makes
     * @param replicas on so many servers it is kept, in a stream that this node makes
     * @param check so often it is looked whether the stream is there
     */
    public record Stream(String name, Duration age, int replicas, Duration check) {
        public static final Stream STANDARD =
                new Stream("WORLD_UPDATES", Duration.ofHours(24), 1, Duration.ofSeconds(1));

        public Stream {
            checkedName(name);
            if (!age.isPositive() || !check.isPositive() || replicas < 1 || replicas > 5) {
                throw new IllegalArgumentException(
                        "times are positive, and replicas 1 to 5: "
                                + age
                                + ", "
                                + check
                                + ", "
                                + replicas);
            }
        }

        /**
         * Returns the name.
         *
         * @throws IllegalArgumentException if no stream can have it
         */
        public static String checkedName(String name) {
            if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
                throw new IllegalArgumentException(
                        "the name of a stream has at most 64 letters, digits, _ and -: " + name);
            }
            return name;
        }
    }

    /**
     * Who the node is to the servers: by a file if one is named, by a token, by user and password,
     * or nobody.
     *
     * @param credentials a file with a JWT and its key
     * @param nkey a file with the seed of a key
     */
    public record Login(
            Optional<String> token,
            Optional<String> user,
            Optional<String> password,
            Optional<Path> credentials,
            Optional<Path> nkey) {
        public static final Login NONE =
                new Login(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        public static Login token(String token) {
            return new Login(
                    Optional.of(token),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        public static Login user(String user, String password) {
            return new Login(
                    Optional.empty(),
                    Optional.of(user),
                    Optional.of(password),
                    Optional.empty(),
                    Optional.empty());
        }

        public static Login nkey(Path seed) {
            return new Login(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(seed));
        }

        public static Login credentials(Path file) {
            return new Login(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(file),
                    Optional.empty());
        }

        /** Says nothing of what is secret. */
        @Override
        public String toString() {
            return "Login" + user.map(name -> "[" + name + "]").orElse("");
        }
    }

    /**
     * Files of keys for TLS, as {@code keytool} makes them.
     *
     * @param trust certificates of authorities, if not those of the JDK
     * @param key this node's own certificate and key, if the servers ask for one
     */
    public record Stores(Optional<Path> trust, Optional<Path> key, Optional<String> password) {
        public static final Stores NONE =
                new Stores(Optional.empty(), Optional.empty(), Optional.empty());

        /** Says nothing of what is secret. */
        @Override
        public String toString() {
            return "Stores[" + trust + ", " + key + "]";
        }
    }

    /**
     * Times and amounts.
     *
     * @param connect so long a server may take to be connected
     * @param retry so long is waited before servers that did not answer are tried again
     * @param ping so often a silent server is asked whether it is there; two that are not answered
     *     end the connection
     * @param waiting so much news waits to be sent; more is dropped
     * @param received so many bytes a message of another node may have; a longer one is dropped
     * @param event so many bytes an event of another program may have; a longer one is dropped
     * @param health so often the node tells how it is
     */
    public record Limits(
            Duration connect,
            Duration retry,
            Duration ping,
            int waiting,
            int received,
            int event,
            Duration health) {
        public static final Limits STANDARD =
                new Limits(
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        10_000,
                        8 * 1024 * 1024,
                        64 * 1024,
                        Duration.ofSeconds(15));

        public Limits {
            if (!connect.isPositive()
                    || !retry.isPositive()
                    || !ping.isPositive()
                    || !health.isPositive()) {
                throw new IllegalArgumentException(
                        "times are positive: "
                                + connect
                                + ", "
                                + retry
                                + ", "
                                + ping
                                + ", "
                                + health);
            }
            if (waiting < 1 || received < 1 || event < 1) {
                throw new IllegalArgumentException(
                        "amounts are positive: " + waiting + ", " + received + ", " + event);
            }
        }
    }
}
