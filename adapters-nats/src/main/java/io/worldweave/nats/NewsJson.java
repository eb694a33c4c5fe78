package io.worldweave.nats;

import io.worldweave.domain.bus.News;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldId;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.ReadLimits;
import io.worldweave.wire.stored.DeltaJson;
import io.worldweave.wire.stored.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * News as messages. Which world it is of, the subject says.
 *
 * <p>Reading throws {@link IllegalArgumentException} at whatever is not what a node writes.
 */
final class NewsJson {
    private static final String EPOCH = "epoch";
    private static final String DELTAS = "deltas";
    private static final String REVISION = "revision";
    private static final String ZONE = "zone";

    private final JsonReader reader;

    /**
     * @param bytes so long a message may be
     */
    NewsJson(int bytes) {
        this.reader =
                JsonReader.withLimits(
                        new ReadLimits(bytes, ReadLimits.FILE.depth(), bytes, 4_096, 100));
    }

    /** Writes deltas that follow each other in one history. */
    static JsonObject deltas(String epoch, List<Delta> deltas) {
        return JsonObject.of(
                EPOCH,
                Json.of(epoch),
                DELTAS,
                new JsonArray(deltas.stream().<Json>map(DeltaJson::write).toList()));
    }

    static JsonObject moved(String epoch, long revision) {
        return JsonObject.of(EPOCH, Json.of(epoch), REVISION, Json.of(revision));
    }

    static JsonObject attended(News.Attended news) {
        return JsonObject.of("node", Json.of(news.node()), "sequence", Json.of(news.sequence()))
                .with("seen", new JsonArray(news.seen().stream().map(NewsJson::seen).toList()))
                .with("lease", Json.of(news.leaseMillis()))
                .with("asks", Json.of(news.asks()));
    }

    private static Json seen(News.Seen seen) {
        String zone = seen.zone();
        return JsonObject.of(
                "user",
                Json.of(seen.user().value()),
                ZONE,
                zone == null ? JsonNull.NULL : Json.of(zone));
    }

    /** Reads any message of a node. */
    JsonObject readObject(byte[] message) {
        return reader.readObject(message);
    }

    /** Reads what was told of commits to the world. */
    List<News> readCommits(WorldId world, byte[] message) {
        JsonObject json = reader.readObject(message);
        String epoch = Fields.text(json, EPOCH);
        if (!json.has(DELTAS)) {
            return List.of(new News.Moved(world, epoch, Fields.number(json, REVISION)));
        }
        List<News> news = new ArrayList<>();
        for (JsonObject delta : objects(json, DELTAS)) {
            news.add(new News.Committed(world, epoch, DeltaJson.read(delta)));
        }
        return news;
    }

    /** Reads what was told of players in the world. */
    News.Attended readAttended(WorldId world, byte[] message) {
        JsonObject json = reader.readObject(message);
        List<News.Seen> seen = new ArrayList<>();
        for (JsonObject each : objects(json, "seen")) {
            String zone = each.get(ZONE) instanceof JsonString(String name) ? name : null;
            seen.add(new News.Seen(new UserId(Fields.text(each, "user")), zone));
        }
        return new News.Attended(
                world,
                Fields.text(json, "node"),
                Fields.number(json, "sequence"),
                seen,
                Fields.number(json, "lease"),
                JsonBoolean.TRUE.equals(json.get("asks")));
    }

    private static List<JsonObject> objects(JsonObject json, String name) {
        if (!(json.get(name) instanceof JsonArray array)) {
            throw new IllegalArgumentException("'" + name + "' is no list");
        }
        List<JsonObject> objects = new ArrayList<>();
        for (Json element : array.elements()) {
            if (!(element instanceof JsonObject object)) {
                throw new IllegalArgumentException("'" + name + "' holds more than objects");
            }
            objects.add(object);
        }
        return objects;
    }
}
