package io.worldweave.filestore.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.filestore.world.FileWorldStore;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Starts processes with {@link Writers} on a store whose calls to the disk are {@link DiskPoints},
 * and makes them start fast: a start is most of what a kill costs.
 *
 * @param sites where the store changes the disk
 */
record CrashImage(String classPath, Path cache, Set<String> sites) {
    /** Makes what the processes run, in {@code folder}. */
    static CrashImage make(Path folder) throws IOException, InterruptedException {
        Path rewritten = folder.resolve("classes");
        Set<String> sites =
                new DiskCalls()
                        .rewrite(classesOfTheStore(), "io/worldweave/filestore/world", rewritten);
        List<String> paths = new ArrayList<>(List.of(rewritten.toString()));
        paths.addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
        Path jar = folder.resolve("crash.jar");
        List<String> jars = new ArrayList<>(List.of(jar.toString()));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.setLevel(0);
            Set<String> names = new HashSet<>();
            for (String path : paths) {
                if (Files.isDirectory(Path.of(path))) {
                    pack(Path.of(path), zip, names);
                } else if (path.endsWith(".jar")) {
                    jars.add(path);
                }
            }
        }
        CrashImage image =
                new CrashImage(
                        String.join(File.pathSeparator, jars), folder.resolve("cache"), sites);
        image.train(folder.resolve("training"));
        return image;
    }

    private static Path classesOfTheStore() {
        try {
            return Path.of(
                    FileWorldStore.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void pack(Path folder, ZipOutputStream zip, Set<String> names)
            throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
            if (names.add(name)) {
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }

    /** Keeps what the JVM learns from one run for all the others. */
    private void train(Path data) throws IOException, InterruptedException {
        Process process =
                process(List.of("-XX:AOTCacheOutput=" + cache), Writers.class, writing(data, "0"))
                        .redirectErrorStream(true)
                        .start();
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(process.waitFor()).isZero();
    }

    /** Returns the arguments of writers who do little and right. */
    static List<String> writing(Path data, String run) {
        return List.of(data.toString(), run, run, "5", Writers.Fault.NONE.name());
    }

    /** Returns a process that is ready to be started. */
    ProcessBuilder process(List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Xmx64m",
                        "-Xlog:disable",
                        "-Xlog:all=off"));
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
