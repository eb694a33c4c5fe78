package io.worldweave.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL of its own: its programs come as a jar, its data is in a temporary directory,
 * and both are gone with the JVM. It forces what it commits to the disk, as in production.
 *
 * <p>PostgreSQL refuses to run as root; where the tests do, as in a container, it runs as nobody.
 */
public final class PostgresServer implements AutoCloseable {
    public static final String USER = "worldweave";
    public static final String PASSWORD = "a password & more";

    private static final long START_SECONDS = 60;
    private static final int NOBODY = 65_534;
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Path directory;
    private final int port = freePort();
    private Process process;

    private PostgresServer() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("worldweave-postgres-");
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path work = Files.createDirectory(directory.resolve("work"));
        if (ROOT) {
            Files.setAttribute(work, "unix:uid", NOBODY);
            Files.setAttribute(work, "unix:gid", NOBODY);
        }
        initialise(work);
    }

    /** Starts a server with no database but the one named {@value #USER}. */
    public static PostgresServer start() {
        try {
            PostgresServer server = new PostgresServer();
            server.launch();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the one server that tests share which do nothing to it. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    public int port() {
        return port;
    }

    /** Returns the JDBC URL of a database. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Returns the name of a new, empty database. */
    public synchronized String newDatabase() {
        String name = "test_" + Long.toString(System.nanoTime(), 36);
        execute("create database " + name);
        return name;
    }

    /** Executes a statement as the owner of everything. */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url("postgres"), USER, PASSWORD);
    }

    /** Ends the server as a crash would, with all its connections. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
    }

    /** Starts a server again that was killed, on the same port and data. */
    public void restart() {
        try {
            Files.deleteIfExists(data().resolve("postmaster.pid"));
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
        remove(directory);
    }

    private static void remove(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException _) {
            // A temporary directory: somebody else removes it.
        }
    }

    private Path data() {
        return directory.resolve("work/data");
    }

    private void initialise(Path work) throws IOException, InterruptedException {
        Path password = work.resolve("password");
        Files.writeString(password, PASSWORD + "\n");
        Process initdb =
                builder(
                                "initdb",
                                "--pgdata=" + data(),
                                "--username=" + USER,
                                "--pwfile=" + password,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--no-locale",
                                "--no-sync")
                        .start();
        if (!initdb.waitFor(START_SECONDS, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
            throw new IllegalStateException("initdb failed:\n" + output());
        }
    }

    private void launch() throws IOException {
        process =
                builder(
                                "postgres",
                                "-D",
                                data().toString(),
                                "-p",
                                Integer.toString(port),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories=",
                                "-c",
                                "shared_buffers=32MB",
                                "-c",
                                "max_connections=200")
                        .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL did not start:\n" + output());
            }
        }
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            Thread.onSpinWait();
            return false;
        }
    }

    private ProcessBuilder builder(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(
                    List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.add(Programs.DIRECTORY.resolve("bin/" + program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(directory.toFile());
        builder.environment().remove("LD_LIBRARY_PATH");
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("output").toFile()));
        return builder;
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("PostgreSQL does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What all servers of a JVM run, unpacked once, for that takes seconds. */
    private static final class Programs {
        static final Path DIRECTORY = unpacked();

        private static Path unpacked() {
            try {
                Path directory = Files.createTempDirectory("worldweave-postgres-programs-");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
                Files.setPosixFilePermissions(
                        directory, PosixFilePermissions.fromString("rwxr-xr-x"));
                unpack(directory);
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void unpack(Path to) throws IOException {
        try (InputStream packed = archive();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                unpack(tar, entry, to.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        Files.createDirectories(target.getParent());
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            if ((entry.getMode() & 0100) != 0) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static InputStream archive() throws IOException {
        for (String platform :
                List.of("linux-x86_64", "linux-arm_64", "darwin-x86_64", "darwin-arm_64")) {
            InputStream archive =
                    PostgresServer.class.getResourceAsStream("/postgres-" + platform + ".txz");
            if (archive != null) {
                return archive;
            }
        }
        throw new IOException("no PostgreSQL is on the class path: see the profiles in pom.xml");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final PostgresServer SERVER = start();
    }
}
