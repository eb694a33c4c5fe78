package io.worldweave.tools;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.world.DataDirectory;
import io.worldweave.filestore.world.KeptHistory;
import io.worldweave.wire.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Begins the journals of worlds anew, and deletes what is past the kept history. */
@Command(
        name = "compact",
        mixinStandardHelpOptions = true,
        description = {
            "Begins the journals of worlds anew where they are, and deletes what is past the"
                    + " history to be kept. A service does the same by itself for worlds that are"
                    + " in use. Not while a service runs."
        })
final class CompactCommand implements Callable<Integer> {
    @Mixin DataOptions options;
    @Spec CommandSpec spec;

    @Option(
            names = "--deltas",
            paramLabel = "N",
            defaultValue = "${env:WORLDWEAVE_STORE_HISTORY_DELTAS:-16384}",
            description = "keep so many deltas (${DEFAULT-VALUE})")
    int deltas;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "${env:WORLDWEAVE_STORE_HISTORY_BYTES:-16777216}",
            description = "of no more bytes together (${DEFAULT-VALUE})")
    long bytes;

    @Option(
            names = "--age",
            paramLabel = "DURATION",
            defaultValue = "${env:WORLDWEAVE_STORE_HISTORY_AGE:-PT0S}",
            description = "and none older, such as PT720H; PT0S for any age (${DEFAULT-VALUE})")
    Duration age;

    @Override
    public Integer call() throws IOException {
        KeptHistory history = history();
        try (DataDirectory directory = DataDirectory.own(options.directory())) {
            List<WorldId> worlds = options.worldsOf(directory);
            List<String> failures = new ArrayList<>();
            Progress progress = new Progress(spec.commandLine().getErr());
            long freed = 0;
            for (int i = 0; i < worlds.size(); i++) {
                progress.tell("compacting", i, worlds.size());
                try {
                    freed += directory.compact(worlds.get(i), history, System.currentTimeMillis());
                } catch (StoreUnavailableException damaged) {
                    failures.add(String.valueOf(damaged.getMessage()));
                }
            }
            progress.end();
            tell(worlds.size() - failures.size(), freed, failures);
            return failures.isEmpty() ? ExitStatus.DONE : ExitStatus.WRONG;
        }
    }

    private KeptHistory history() {
        try {
            return new KeptHistory(deltas, bytes, age);
        } catch (IllegalArgumentException none) {
            throw new RefusedException(ExitStatus.USAGE, String.valueOf(none.getMessage()));
        }
    }

    private void tell(int compacted, long freed, List<String> failures) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json) {
            JsonObject json =
                    JsonObject.of(
                            "worlds",
                            Json.of(compacted),
                            "bytes_freed",
                            Json.of(freed),
                            "left",
                            new JsonArray(failures.stream().<Json>map(Json::of).toList()));
            out.println(new String(JsonWriter.pretty(json), StandardCharsets.UTF_8).strip());
            return;
        }
        failures.forEach(out::println);
        out.println(compacted + " world(s) compacted, " + freed + " bytes freed");
    }
}
