package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.wire.stored.DeltaJson;
import java.util.ArrayList;
import java.util.List;

/** Encodes what was committed to a shared document, and nothing of anybody's own part. */
public final class HistoryJson {
    /** A page ends when it is longer, if there is a delta in it. */
    private static final int PAGE_BYTES = 1024 * 1024;

    private HistoryJson() {}

    /**
     * Returns a page. Its {@code revision} is the last one that it tells of, from which the next
     * one goes on until it is {@code head}; revisions that changed no more than somebody's own part
     * are left out.
     *
     * @param deltas what was committed since {@code since}, oldest first, up to {@code head}
     * @param limit the most deltas of the page
     */
    public static JsonObject page(long since, List<Delta> deltas, Position head, int limit) {
        List<Json> page = new ArrayList<>();
        long revision = since;
        int bytes = 0;
        for (Delta delta : deltas) {
            if (page.size() == limit || bytes > PAGE_BYTES) {
                break;
            }
            List<Change> shared =
                    delta.changes().stream()
                            .filter(change -> change.part() instanceof Part.Shared)
                            .toList();
            if (!shared.isEmpty()) {
                JsonObject json = DeltaJson.write(shown(delta, shared));
                bytes += JsonWriter.compact(json).length;
                page.add(json);
            }
            revision = delta.revision();
        }
        return JsonObject.of("epoch", Json.of(head.epoch()), "since", Json.of(since))
                .with("revision", Json.of(revision))
                .with("head", Json.of(head.revision()))
                .with("deltas", new JsonArray(page));
    }

    /** Without its receipt, which is between its user and the service. */
    private static Delta shown(Delta delta, List<Change> changes) {
        return new Delta(
                delta.base(), delta.actor(), delta.cause(), delta.timestampMillis(), changes);
    }
}
