package io.worldweave.tools;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.world.DataDirectory;
import io.worldweave.filestore.world.Finding;
import io.worldweave.filestore.world.Repair;
import io.worldweave.wire.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts the files of worlds in order as far as that can be proved. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description = {
            "Puts the files of worlds in order as far as that can be proved, and says what it"
                    + " cannot. Nothing is dropped that may have been acknowledged; of a file that"
                    + " is changed, what it held is kept beside it as *.damaged-1. Shows what it"
                    + " would do and asks first. Not while a service runs."
        })
final class RepairCommand implements Callable<Integer> {
    @Mixin DataOptions options;
    @Spec CommandSpec spec;

    @Option(names = "--dry-run", description = "show what would be done, and do nothing")
    boolean dryRun;

    @Option(names = "--yes", description = "do it without asking")
    boolean yes;

    @Override
    public Integer call() throws IOException {
        try (DataDirectory directory = DataDirectory.own(options.directory())) {
            List<WorldId> worlds = options.worldsOf(directory);
            List<Repair> repairs = new ArrayList<>();
            List<Finding> left = new ArrayList<>();
            if (options.worlds.isEmpty()) {
                left.addAll(directory.unknownFolders());
            }
            Progress progress = new Progress(spec.commandLine().getErr());
            for (int i = 0; i < worlds.size(); i++) {
                progress.tell("looking", i, worlds.size());
                Repair repair = directory.repair(worlds.get(i));
                left.addAll(repair.left());
                if (!repair.steps().isEmpty()) {
                    repairs.add(repair);
                }
            }
            progress.end();
            return carryOut(directory, repairs, left);
        }
    }

    private int carryOut(DataDirectory directory, List<Repair> repairs, List<Finding> left)
            throws IOException {
        FindingText text = new FindingText(directory.path());
        List<Repair.Step> steps =
                repairs.stream().flatMap(repair -> repair.steps().stream()).toList();
        if (!options.json) {
            tell(text, steps, left);
        }
        boolean doIt = !dryRun && !steps.isEmpty() && (yes || isWanted());
        if (doIt) {
            for (Repair repair : repairs) {
                repair.apply();
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.json) {
            out.println(json(text, steps, left, doIt));
        } else if (doIt) {
            out.println("done");
        }
        boolean allIsWell = left.isEmpty() && (steps.isEmpty() || doIt);
        return allIsWell ? ExitStatus.DONE : ExitStatus.WRONG;
    }

    private void tell(FindingText text, List<Repair.Step> steps, List<Finding> left) {
        PrintWriter out = spec.commandLine().getOut();
        for (Repair.Step step : steps) {
            out.println(step.world() + ": " + text.file(step.file()) + ": " + step.what());
        }
        for (Finding finding : left) {
            out.println("cannot be proved, and stays: " + text.text(finding));
        }
        out.println(steps.size() + " step(s), " + left.size() + " finding(s) that stay");
    }

    private boolean isWanted() throws IOException {
        if (options.json || !Progress.isOnATerminal()) {
            throw new RefusedException(
                    ExitStatus.USAGE, "nobody can be asked here: say --yes or --dry-run");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print("Do it? [y/N] ");
        out.flush();
        String answer =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        .readLine();
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }

    private static String json(
            FindingText text, List<Repair.Step> steps, List<Finding> left, boolean done) {
        List<Json> list = new ArrayList<>();
        for (Repair.Step step : steps) {
            list.add(
                    JsonObject.of(
                            "world",
                            Json.of(step.world()),
                            "file",
                            Json.of(text.file(step.file())),
                            "what",
                            Json.of(step.what())));
        }
        JsonObject json =
                JsonObject.of(
                        "steps",
                        new JsonArray(list),
                        "left",
                        text.json(left),
                        "done",
                        Json.of(done));
        return new String(JsonWriter.pretty(json), StandardCharsets.UTF_8).strip();
    }
}
