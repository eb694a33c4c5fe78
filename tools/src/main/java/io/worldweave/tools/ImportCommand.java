package io.worldweave.tools;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.WorldId;
import io.worldweave.wire.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts worlds from elsewhere into a store. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Puts worlds with their histories into a store: those of an export, of another store,"
                    + " or of a played tree. All of the source is read first; nothing is imported"
                    + " if it is damaged, or if one of its worlds is there already. No world is"
                    + " ever written over. A data directory must have no service."
        })
final class ImportCommand implements Callable<Integer> {
    @Option(names = "--from", paramLabel = "SOURCE", required = true, description = Place.FORMS)
    String from;

    @Option(
            names = "--to",
            paramLabel = "STORE",
            defaultValue = "file:${env:WORLDWEAVE_DATA:-data}",
            description = "file:DIR or jdbc:postgresql:… (${DEFAULT-VALUE})")
    String to;

    @Option(
            names = "--skip-existing",
            description = "import the worlds that are not there, and leave the others as they are")
    boolean skipExisting;

    @Option(names = "--json", description = "print one JSON document")
    boolean json;

    @Mixin Selection selection;
    @Mixin DatabaseOptions database;
    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Place target = Place.parse(to);
        target.checkIsStore();
        try (Source source = Place.parse(from).source(database)) {
            return into(target, source, firstLook(source));
        }
    }

    /** Nothing is made in the target before all of the source was read. */
    private int into(Place target, Source source, List<WorldId> given) throws IOException {
        try (WorldStore store = target.store(database)) {
            List<WorldId> there = new ArrayList<>(given);
            there.retainAll(new HashSet<>(store.worlds()));
            if (!there.isEmpty() && !skipExisting) {
                throw new RefusedException(
                        ExitStatus.WRONG,
                        "nothing was imported, since "
                                + to
                                + " has already: "
                                + String.join(
                                        ", ", there.stream().map(WorldId::toString).toList()));
            }
            return take(source, store, new HashSet<>(there));
        }
    }

    /** Reads all of the source, and returns which worlds it has. */
    private List<WorldId> firstLook(Source source) throws IOException {
        List<WorldId> given = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        source.give(
                selection.wanted(),
                new Source.Taker() {
                    @Override
                    public void take(WorldId world, History history) {
                        given.add(world);
                    }

                    @Override
                    public void failed(WorldId world, String reason) {
                        failures.add(reason);
                    }
                });
        selection.checkAllWereThere();
        if (!failures.isEmpty()) {
            throw new RefusedException(
                    ExitStatus.WRONG, "nothing was imported: " + String.join("; ", failures));
        }
        return given;
    }

    private int take(Source source, WorldStore store, Set<WorldId> there) throws IOException {
        List<String> taken = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        Progress progress = new Progress(spec.commandLine().getErr());
        source.give(
                selection.wanted(),
                new Source.Taker() {
                    @Override
                    public void take(WorldId world, History history) {
                        if (there.contains(world)) {
                            return;
                        }
                        boolean adopted = store.adopt(world, history);
                        (adopted ? taken : refused).add(world.toString());
                        progress.tell("importing", taken.size());
                    }

                    @Override
                    public void failed(WorldId world, String reason) {
                        refused.add(reason);
                    }
                });
        progress.end();
        tell(taken, there.size(), refused);
        return refused.isEmpty() ? ExitStatus.DONE : ExitStatus.WRONG;
    }

    private void tell(List<String> taken, int skipped, List<String> refused) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonObject document =
                    JsonObject.of(
                            "imported",
                            list(taken),
                            "skipped",
                            Json.of(skipped),
                            "refused",
                            list(refused));
            out.println(new String(JsonWriter.pretty(document), StandardCharsets.UTF_8).strip());
            return;
        }
        refused.forEach(reason -> out.println("refused: " + reason));
        out.println(
                taken.size()
                        + " world(s) imported"
                        + (skipped == 0 ? "" : ", " + skipped + " were there already"));
    }

    private static Json list(List<String> texts) {
        return new JsonArray(texts.stream().<Json>map(Json::of).toList());
    }
}
