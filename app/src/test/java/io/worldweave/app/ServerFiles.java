package io.worldweave.app;

import static java.util.Comparator.reverseOrder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files that a server runs from: those of this build, as they are shipped. */
final class ServerFiles {
    private ServerFiles() {}

    /**
     * Empties {@code directory} and lays out a server in it.
     *
     * @return the server's own directory, where its {@code server.xml} is
     */
    static Path writeTo(Path directory, String name) {
        Path server = directory.resolve("usr/servers").resolve(name);
        try {
            deleteAll(directory);
            Files.createDirectories(server.resolve("apps"));
            Files.copy(path("worldweave.test.war"), server.resolve("apps/worldweave.war"));
            unpackDriver(path("worldweave.test.war"), server.resolve("driver"));
            Files.copy(path("worldweave.test.server.xml"), server.resolve("server.xml"));
            try (Stream<Path> files = Files.list(path("worldweave.test.liberty"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, server.resolve(file.getFileName()));
                }
            }
            // Starts a third sooner; tests are too short for the optimising compiler to pay.
            Files.write(
                    server.resolve("jvm.options"),
                    List.of("-XX:TieredStopAtLevel=1"),
                    StandardOpenOption.APPEND);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code ./run} does: the server's pool of connections needs the driver by itself. */
    private static void unpackDriver(Path war, Path to) throws IOException {
        try (ZipFile archive = new ZipFile(war.toFile())) {
            for (ZipEntry entry : Collections.list(archive.entries())) {
                if (entry.getName().startsWith("WEB-INF/lib/postgresql-")) {
                    Path target = to.resolve(entry.getName());
                    Files.createDirectories(target.getParent());
                    Files.copy(archive.getInputStream(entry), target);
                }
            }
        }
    }

    /** Returns a path that the build tells its tests of. */
    static Path path(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException(
                    "no " + property + ": run this by ./test, or by mvn verify in the root");
        }
        return Path.of(value).toAbsolutePath().normalize();
    }

    /** Returns a port that nobody listens on. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a directory and all that is in it, if it is there. */
    static void deleteAll(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a directory and all that is in it to where nothing is. */
    static void copyAll(Path from, Path to) {
        try (Stream<Path> paths = Files.walk(from)) {
            Files.createDirectories(to.getParent());
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
