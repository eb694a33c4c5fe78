package io.worldweave.tools;

import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.world.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which data directory, and which of its worlds. */
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:WORLDWEAVE_DATA:-data}",
            description = "the data directory (WORLDWEAVE_DATA, or else data)")
    Path data;

    @Option(names = "--json", description = "print one JSON document")
    boolean json;

    @Parameters(
            paramLabel = "WORLD",
            arity = "0..*",
            description =
                    "worlds, as the output names them: an experience (garden), a player's copy of"
                            + " one (garden/alice), a profile (profile/alice); all if none is given")
    List<String> worlds = new ArrayList<>();

    /** Returns the data directory, which must be there. */
    Path directory() {
        return Existing.directory(data, "name a data directory with --data or WORLDWEAVE_DATA");
    }

    /** Returns the worlds that are meant. */
    List<WorldId> worldsOf(DataDirectory directory) throws IOException {
        List<WorldId> all = directory.worlds();
        if (worlds.isEmpty()) {
            return all;
        }
        Map<String, WorldId> byName = new TreeMap<>();
        all.forEach(world -> byName.put(world.toString(), world));
        List<WorldId> meant = new ArrayList<>();
        for (String name : worlds) {
            WorldId world = byName.get(name);
            if (world == null) {
                throw new RefusedException(
                        ExitStatus.USAGE, directory.path() + " holds no world " + name);
            }
            meant.add(world);
        }
        return meant;
    }
}
