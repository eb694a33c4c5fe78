package io.worldweave.nats;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real nats-server of its own, on a port of its own, with its files in a temporary directory that
 * goes with it.
 *
 * <p>Its program is the one that {@code ./test} has installed in the clone, or one on the path. Not
 * thread-safe: owned by the test that started it.
 */
public final class NatsServer implements AutoCloseable {
    private static final long START_SECONDS = 30;
    private static final Path PROGRAM = program();

    private final Path directory;
    private final int port = freePort();
    private final int monitorPort = freePort();
    private @Nullable Process process;

    private final Map<String, String> environment = new HashMap<>();

    private NatsServer(String configuration) throws IOException {
        directory = Files.createTempDirectory("worldweave-nats-");
        Files.writeString(directory.resolve("nats-server.conf"), configuration);
        environment.put("NATS_STORE", directory.resolve("jetstream").toString());
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Starts a server that lets everybody do everything. */
    public static NatsServer start() {
        return start("");
    }

    /** Starts a server with the text of a configuration file, which names no port. */
    public static NatsServer start(String configuration) {
        try {
            NatsServer server = new NatsServer(configuration);
            server.launch();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server with JetStream, which lets everybody do everything. */
    public static NatsServer jetStream() {
        return start("jetstream { store_dir: $NATS_STORE }");
    }

    /** Makes a server that is not there until {@link #restart}. */
    public static NatsServer prepared() {
        try {
            return new NatsServer("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a server with the sample configuration, which is not there until {@link #restart}: it
     * knows the users node, publisher, observer and admin, each with {@link #password}.
     */
    public static NatsServer sample() {
        try {
            Path sample =
                    Path.of("").toAbsolutePath().getParent().resolve("docs/nats/nats-server.conf");
            NatsServer server = new NatsServer(Files.readString(sample));
            for (String user : List.of("node", "publisher", "observer", "admin")) {
                server.environment.put(
                        "NATS_" + user.toUpperCase(Locale.ROOT) + "_PASSWORD", password(user));
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the password of a user of the sample configuration. */
    public static String password(String user) {
        return user + "-password";
    }

    /** Returns the address as a user of the sample configuration says it. */
    public String url(String user) {
        return environment.size() == 1
                ? url()
                : "nats://" + user + ":" + password(user) + "@127.0.0.1:" + port;
    }

    /** Returns the address for clients. */
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Returns where the server may keep files; gone when it is closed. */
    public Path directory() {
        return directory;
    }

    /** Returns what the server says of itself, such as at {@code /connz?subs=1}. */
    public String monitor(String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + monitorPort + path);
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Publishes as some other program would, and returns when the server has it. */
    public void publish(String subject, byte[] message) {
        try {
            Connection stranger =
                    Nats.connect(
                            new Options.Builder()
                                    .server(url("publisher"))
                                    .supportUTF8Subjects()
                                    .build());
            try {
                stranger.publish(subject, message);
                stranger.flush(Duration.ofSeconds(5));
            } finally {
                stranger.close();
            }
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the server as a crash would. */
    public void kill() {
        Process running = Objects.requireNonNull(process);
        running.destroyForcibly();
        awaitEnd(running);
    }

    /** Starts the server again, on the same port and files. */
    public void restart() {
        try {
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the server do nothing, with its connections open, until {@link #resume}. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null && running.isAlive()) {
            running.destroyForcibly();
            awaitEnd(running);
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException _) {
            // A temporary directory: somebody else removes it.
        }
    }

    private void launch() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        PROGRAM.toString(),
                        "-a",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-m",
                        Integer.toString(monitorPort),
                        "-c",
                        directory.resolve("nats-server.conf").toString());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("output").toFile()));
        Process started = builder.start();
        process = started;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "nats-server did not start:\n"
                                + Files.readString(directory.resolve("output")));
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read() >= 0;
        } catch (IOException notYet) {
            Thread.onSpinWait();
            return false;
        }
    }

    private void signal(String name) {
        try {
            long pid = Objects.requireNonNull(process).pid();
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("nats-server takes no " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void awaitEnd(Process running) {
        try {
            if (!running.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nats-server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path program() {
        Path clone = Path.of("").toAbsolutePath().getParent();
        Stream<Path> installed = Stream.of(clone.resolve(".worldweave/nats/nats-server"));
        Stream<Path> onPath =
                List.of((System.getenv("PATH") + ":/usr/sbin:/usr/local/bin").split(":")).stream()
                        .map(folder -> Path.of(folder, "nats-server"));
        return Stream.concat(installed, onPath)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "There is no nats-server. ./test installs one in the clone; or"
                                        + " install the package nats-server."));
    }
}
