package io.worldweave.tools;

import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.world.ExportReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** The worlds of a file that an export wrote. */
record ExportSource(Path file) implements Source {
    @Override
    public void give(Predicate<WorldId> wanted, Taker taker) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            ExportReader.read(
                    in,
                    file.toString(),
                    (world, history) -> {
                        if (wanted.test(world)) {
                            taker.take(world, history);
                        }
                    });
        }
    }

    @Override
    public void close() {}
}
