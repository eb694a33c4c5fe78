package io.worldweave.tools;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.filestore.world.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Findings for people and for programs.
 *
 * @param data files are named as seen from there
 */
record FindingText(Path data) {

    String text(Finding finding) {
        String place =
                finding.line() == 0
                        ? ""
                        : ": line " + finding.line() + " (byte " + finding.at() + ")";
        return finding.world()
                + ": "
                + kind(finding)
                + ": "
                + file(finding.file())
                + place
                + ": "
                + finding.reason();
    }

    JsonObject json(Finding finding) {
        JsonObject json =
                JsonObject.of(
                                "world",
                                Json.of(finding.world()),
                                "kind",
                                Json.of(kind(finding)),
                                "file",
                                Json.of(file(finding.file())))
                        .with("reason", Json.of(finding.reason()));
        return finding.line() == 0
                ? json
                : json.with("line", Json.of(finding.line())).with("byte", Json.of(finding.at()));
    }

    Json json(List<Finding> findings) {
        return new JsonArray(findings.stream().<Json>map(this::json).toList());
    }

    String file(Path file) {
        return (file.startsWith(data) ? data.relativize(file) : file).toString();
    }

    private static String kind(Finding finding) {
        return finding.kind().name().toLowerCase(Locale.ROOT);
    }
}
