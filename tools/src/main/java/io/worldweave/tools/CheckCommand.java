package io.worldweave.tools;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.world.DataDirectory;
import io.worldweave.filestore.world.Finding;
import io.worldweave.wire.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what is wrong with the files of worlds, and changes nothing. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what is wrong with the files of worlds: file, line, byte and reason. Changes"
                    + " nothing, and may be used while a service runs; it then looks at journals"
                    + " only.",
            "",
            "damaged: the world cannot be used. shortened: an older part of its history is lost."
                    + " unknown: a folder with a journal that is no world's. unfinished, leftover,"
                    + " copy: what a crash leaves behind, or somebody edited; a service puts it in"
                    + " order by itself."
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin DataOptions options;
    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (DataDirectory directory = DataDirectory.look(options.directory())) {
            List<WorldId> worlds = options.worldsOf(directory);
            List<Finding> findings = new ArrayList<>();
            if (options.worlds.isEmpty()) {
                findings.addAll(directory.unknownFolders());
            }
            Progress progress = new Progress(spec.commandLine().getErr());
            for (int i = 0; i < worlds.size(); i++) {
                progress.tell("checking", i, worlds.size());
                findings.addAll(directory.check(worlds.get(i)));
            }
            progress.end();
            tell(directory, worlds.size(), findings);
            return findings.isEmpty() ? ExitStatus.DONE : ExitStatus.WRONG;
        }
    }

    private void tell(DataDirectory directory, int worlds, List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        FindingText text = new FindingText(directory.path());
        String owner = directory.owner();
        if (options.json) {
            out.println(json(worlds, text.json(findings), owner));
            return;
        }
        if (owner != null) {
            out.println(owner + ": only journals are looked at");
        }
        findings.forEach(finding -> out.println(text.text(finding)));
        out.println(worlds + " world(s) checked, " + findings.size() + " finding(s)");
    }

    private static String json(int worlds, Json findings, @Nullable String owner) {
        JsonObject json = JsonObject.of("worlds", Json.of(worlds), "findings", findings);
        JsonObject all = owner == null ? json : json.with("in_use", Json.of(owner));
        return new String(JsonWriter.pretty(all), StandardCharsets.UTF_8).strip();
    }
}
