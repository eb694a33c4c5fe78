package io.worldweave.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * A Worldweave server in a process of its own, from the WAR and the {@code server.xml} of this
 * build: with its own port, server directory and data directory, which it keeps over {@link
 * #restart()}. A server directory is another's once this is closed; what is in the data directory
 * stays.
 *
 * <p>What is in the environment as {@code WORLDWEAVE_…} is not passed on, so that a test does not
 * depend on who runs it. Servers still running when the tests end are killed.
 *
 * <p>Not thread-safe: owned by the test that started it; the address may be used from any thread.
 */
final class RunningServer implements AutoCloseable {
    /** What a class locks that uses the {@linkplain #shared() shared} server. */
    static final String SHARED = "the shared server";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
    private static final int LOG_TAIL_LINES = 60;
    private static final String WORK_AREA = "out/worldweave/workarea";
    private static final AtomicInteger STARTED = new AtomicInteger();

    /** Where servers ran that have ended, for others to run in. */
    private static final Queue<Path> VACATED = new ConcurrentLinkedQueue<>();

    /**
     * The container's caches as a server left them that was stopped, by the directory that it ran
     * in: with them a start takes half as long. A container that was killed drops its own.
     */
    private static final Map<Path, Path> CACHES = new ConcurrentHashMap<>();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final Path console;
    private final Path dataDirectory;
    private final int port;
    private final Map<String, String> environment;
    private Process process;
    private boolean closed;

    private RunningServer(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        int number = STARTED.incrementAndGet();
        directory = directory(number);
        console = directory.resolve("console-" + number + ".log");
        dataDirectory =
                Path.of(
                        environment.getOrDefault(
                                "WORLDWEAVE_DATA", directory.resolve("data-" + number).toString()));
        port =
                Integer.parseInt(
                        environment.getOrDefault(
                                "WORLDWEAVE_HTTP_PORT", Integer.toString(ServerFiles.freePort())));
        createDataDirectory();
    }

    private static Path directory(int number) {
        Path vacated = VACATED.poll();
        if (vacated != null) {
            return vacated;
        }
        Path fresh = ServerFiles.path("worldweave.test.servers").resolve(Integer.toString(number));
        ServerFiles.writeTo(fresh, "worldweave");
        bringBackCaches(fresh);
        return fresh;
    }

    /** Starts a server on its defaults and waits until it is ready. */
    static RunningServer start() {
        return start(Map.of());
    }

    /**
     * Starts a server with {@code environment} on top of the defaults and waits until it is ready:
     * at most a minute, then fails with the tail of its log. A port or data directory in {@code
     * environment} is used instead of an own one, and {@code JVM_ARGS} are options for its JVM.
     */
    static RunningServer start(Map<String, String> environment) {
        RunningServer server = new RunningServer(environment);
        server.launch();
        server.awaitReady();
        return server;
    }

    /** Starts a server whose surroundings are not there yet, and returns it when it is alive. */
    static RunningServer startUnready(Map<String, String> environment) {
        RunningServer server = new RunningServer(environment);
        server.launch();
        server.await("/health/ready", 503);
        return server;
    }

    /**
     * Starts a server that is expected to refuse to start, and returns it when its process has
     * ended.
     */
    static RunningServer startAndFail(Map<String, String> environment) {
        RunningServer server = new RunningServer(environment);
        server.launch();
        server.awaitEnd(START_LIMIT);
        return server;
    }

    /** The one server that tests share which need no server of their own. */
    static RunningServer shared() {
        return Shared.SERVER;
    }

    /** The {@linkplain #shared() shared} server, with its worlds as they are at the beginning. */
    static RunningServer sharedAnew() throws IOException, InterruptedException {
        HttpResponse<String> begun =
                Client.of(shared(), "demo-admin").post("/experiences/wylding-woods/reset", "");
        if (begun.statusCode() != 200) {
            throw new AssertionError(begun.body());
        }
        return shared();
    }

    /** Returns the root of the service, with a slash at its end. */
    URI uri() {
        return URI.create("http://localhost:" + port + "/");
    }

    /** Returns the address of {@code path}, which may begin with a slash or not. */
    URI uri(String path) {
        return uri().resolve(path.startsWith("/") ? path : "/" + path);
    }

    /** Gets {@code path} without credentials. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns where the service keeps its experiences and players. */
    Path dataDirectory() {
        return dataDirectory;
    }

    /** Returns the id of the server's process. */
    long pid() {
        return process.pid();
    }

    /** Returns what the server has logged since it was last started. */
    String log() {
        return read(directory.resolve("out/worldweave/logs/messages.log"));
    }

    /** Returns what the server has written to its console, all its starts together. */
    String console() {
        return read(console);
    }

    /** Stops the server as an operator would, by SIGTERM, and waits until it has ended. */
    void stop() {
        process.destroy();
        awaitEnd(STOP_LIMIT);
        CACHES.computeIfAbsent(directory, RunningServer::cachesOf);
    }

    private static Path cachesOf(Path directory) {
        Path caches = directory.resolve("caches");
        ServerFiles.deleteAll(caches);
        ServerFiles.copyAll(directory.resolve(WORK_AREA), caches);
        return caches;
    }

    /** Those of another directory help, though not as much: there are paths in them. */
    private static void bringBackCaches(Path directory) {
        Path caches =
                CACHES.getOrDefault(directory, CACHES.values().stream().findAny().orElse(null));
        if (caches != null) {
            Path area = directory.resolve(WORK_AREA);
            ServerFiles.deleteAll(area);
            ServerFiles.copyAll(caches, area);
        }
    }

    /** Ends the server as a crash would, by SIGKILL. */
    void kill() {
        // The start script becomes the JVM; should it ever be its parent instead, the JVM goes
        // first.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd(STOP_LIMIT);
        bringBackCaches(directory);
    }

    /**
     * Stops the server if it runs, starts it again on the same port and data, and waits until it is
     * ready.
     */
    void restart() {
        if (process.isAlive()) {
            stop();
        }
        launch();
        awaitReady();
    }

    /** Ends the server if it runs, with a goodbye only where that makes later starts faster. */
    @Override
    public void close() {
        if (process.isAlive() && CACHES.containsKey(directory)) {
            kill();
        } else if (process.isAlive()) {
            stop();
        }
        if (!closed) {
            closed = true;
            VACATED.add(directory);
        }
    }

    private void createDataDirectory() {
        try {
            Files.createDirectories(dataDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launch() {
        Path script = ServerFiles.path("worldweave.test.runtime").resolve("bin/server");
        ProcessBuilder builder = new ProcessBuilder(script.toString(), "run", "worldweave");
        Map<String, String> variables = builder.environment();
        variables
                .keySet()
                .removeIf(name -> name.startsWith("WORLDWEAVE_") || name.equals("JVM_ARGS"));
        // tests play faster than players
        variables.put("WORLDWEAVE_PLAYER_RATE", "1000000");
        variables.putAll(environment);
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("WLP_USER_DIR", directory.resolve("usr").toString());
        variables.put("WLP_OUTPUT_DIR", directory.resolve("out").toString());
        variables.put("WORLDWEAVE_HTTP_PORT", Integer.toString(port));
        variables.put("WORLDWEAVE_DATA", dataDirectory.toString());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Process started = process;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    }

    /** Waits until the server is ready: at most a minute, then fails with the tail of its log. */
    void awaitReady() {
        await("/health/ready", 200);
    }

    private void await(String path, int status) {
        try {
            Awaitility.await(path)
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreException(ConnectException.class)
                    .failFast("the server ended", () -> !process.isAlive())
                    .until(() -> get(path).statusCode() == status);
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            String state = process.isAlive() ? "is not ready" : "ended with " + process.exitValue();
            process.destroyForcibly();
            throw new AssertionError(
                    "The server "
                            + state
                            + ".\nConsole:\n"
                            + tail(console())
                            + "\nLog:\n"
                            + tail(log()),
                    e);
        }
    }

    private void awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "The server did not end within " + limit + ".\nLog:\n" + tail(log()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the server to end", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tail(String text) {
        List<String> lines = text.lines().toList();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }

    private static final class Shared {
        /** Quick where a test would wait, and as patient with a client as a test needs. */
        static final RunningServer SERVER =
                start(
                        Map.of(
                                "WORLDWEAVE_NARRATOR_SCRIPTED_FIRST_WORDS",
                                "PT0.2S",
                                "WORLDWEAVE_STREAM_HEARTBEAT",
                                "PT0.3S",
                                "WORLDWEAVE_SESSION_RATE",
                                "1000",
                                "WORLDWEAVE_SESSION_ORIGINS",
                                "https://play.example.com"));
    }
}
