package io.worldweave.tools;

import io.worldweave.domain.store.History;
import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.world.ExportWriter;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes worlds with their histories to one file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes worlds, with all of their history that is kept, to one file of JSON lines with"
                    + " checksums: epochs, revisions and idempotency keys stay what they are."
                    + " Changes nothing, and may be used while a service runs: each world is as it"
                    + " was at one moment."
        })
final class ExportCommand implements Callable<Integer> {
    @Option(
            names = "--from",
            paramLabel = "STORE",
            defaultValue = "file:${env:WORLDWEAVE_DATA:-data}",
            description = "file:DIR or jdbc:postgresql:… (${DEFAULT-VALUE})")
    String from;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "the file to write, which must not be there; without it standard output")
    @Nullable Path to;

    @Mixin Selection selection;
    @Mixin DatabaseOptions database;
    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (to != null && Files.exists(to)) {
            throw new RefusedException(ExitStatus.WRONG, to + " is there already");
        }
        Path folder = to == null ? null : to.toAbsolutePath().getParent();
        if (folder != null) {
            Existing.directory(folder, "make it, or name another --to");
        }
        try (Source source = Place.parse(from).source(database)) {
            return to == null ? toStandardOutput(source) : toFile(source, to);
        }
    }

    /** Written past System.out, which would swallow failures; it stays open. */
    private int toStandardOutput(Source source) throws IOException {
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
        int status = export(source, out);
        out.flush();
        return status;
    }

    /** Gives the file its name when all of it is on the disk. */
    private int toFile(Source source, Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        int status;
        try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
            OutputStream buffered = new BufferedOutputStream(out);
            status = export(source, buffered);
            buffered.flush();
            out.getFD().sync();
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(unfinished);
            throw failure;
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return status;
    }

    private int export(Source source, OutputStream out) throws IOException {
        ExportWriter writer = new ExportWriter(out);
        List<String> failures = new ArrayList<>();
        Progress progress = new Progress(spec.commandLine().getErr());
        int[] written = {0};
        source.give(
                selection.wanted(),
                new Source.Taker() {
                    @Override
                    public void take(WorldId world, History history) throws IOException {
                        writer.write(world, history);
                        written[0]++;
                        progress.tell("exporting", written[0]);
                    }

                    @Override
                    public void failed(WorldId world, String reason) {
                        failures.add(reason);
                    }
                });
        writer.end();
        progress.end();
        selection.checkAllWereThere();
        failures.forEach(spec.commandLine().getErr()::println);
        spec.commandLine().getErr().println(written[0] + " world(s) exported");
        return failures.isEmpty() ? ExitStatus.DONE : ExitStatus.WRONG;
    }
}
