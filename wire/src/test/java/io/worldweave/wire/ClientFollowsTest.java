package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.Projection;
import io.worldweave.domain.live.View;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.weave.Frame;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A client that applies what it is told, or takes the snapshot in its place, has the state. */
class ClientFollowsTest {
    private static final int RUNS = Boolean.getBoolean("long") ? 20_000 : 200;
    private static final int CHANGES = 60;
    private static final View VIEW = new View.World(Shop.ALICE);
    private static final JsonObject WORLD =
            Shop.json(
                    """
                    {"time":"dusk","tags":["a","b"],"numbers":{"0":1,"1":2,"a.b":3,"":4},
                     "npcs":[{"instance_id":"cat","state":{"mood":"cross"}}],
                     "shelf":[{"instance_id":"jar","state":{"open":true}}],
                     "locations":{"1":{"name":"One","items":[],
                       "areas":{"2":{"items":[{"instance_id":"7"}],"spots":{"s.t":{
                         "items":[{"instance_id":"a","state":{"on":true,"of":{"x":1}},"tags":[1]},
                                  {"instance_id":"b","holds":[{"instance_id":"c","n":1}]}],
                         "npcs":[{"instance_id":"d","inventory":[{"instance_id":"e"}]}]}}}}}}}\
                    """);
    private static final JsonObject PLAYER =
            Shop.json(
                    """
                    {"current_area":null,"inventory":[{"instance_id":"f","state":{"on":false}}],
                     "trust":{},"quests":{"q":{"step":1}}}\
                    """);

    @Test
    void aClientHasTheStateAfterEveryDelta() {
        int[] outcomes = new int[2];
        Seeded.times(RUNS, random -> follow(random, outcomes));
        assertThat(outcomes[0]).as("updates").isPositive();
        assertThat(outcomes[1]).as("snapshots").isPositive();
    }

    private static void follow(SplittableRandom random, int[] outcomes) {
        WorldState state = WorldState.initial("e1", WORLD);
        state = applied(state, List.of(new Change.Add(Shop.OWN, Pointer.ROOT, PLAYER)));
        ReferenceClient client = new ReferenceClient(message(snapshot(state)));
        for (int i = 0; i < CHANGES; i++) {
            List<Change> changes = new ArrayList<>();
            WorldState next = state;
            for (int n = random.nextInt(3); n >= 0; n--) {
                Change change = change(next, random);
                WorldState after = applied(next, List.of(change));
                if (after != null) {
                    changes.add(change);
                    next = after;
                }
            }
            state = next;
            Projection projection = Shop.did("x", changes.toArray(Change[]::new));
            JsonObject update = message(new Frame.WorldUpdate(projection, 0, cursor(state)));
            outcomes[update == null ? 1 : 0]++;
            if (update == null) {
                client = new ReferenceClient(message(snapshot(state)));
            } else {
                client.apply(update);
            }
            assertThat(client.world()).as("%s", changes).isEqualTo(state.shared().content());
            assertThat(client.player()).as("%s", changes).isEqualTo(own(state));
        }
    }

    private static Json own(WorldState state) {
        Document own = state.own(Shop.ALICE);
        return own == null ? JsonNull.NULL : own.content();
    }

    private static JsonObject message(Frame frame) {
        Utf8Buffer out = new Utf8Buffer(256);
        return new FrameJson(WireVersion.V0_4).append(frame, out) == FrameJson.Result.WRITTEN
                ? JsonReader.strict().readObject(out.toByteArray())
                : null;
    }

    private static Frame snapshot(WorldState state) {
        return new Frame.Snapshot(Shop.WORLD, VIEW, state, cursor(state), Shop.NOW);
    }

    private static Cursor cursor(WorldState state) {
        return new Cursor(state.position(), "world", Shop.ALICE, List.of());
    }

    /** Returns the state after the changes, or null if they do not apply. */
    private static WorldState applied(WorldState state, List<Change> changes) {
        Delta delta = new Delta(state.revision(), Actor.of(Shop.ALICE), "x", Shop.NOW, changes);
        return state.apply(delta) instanceof Edit.Applied<WorldState>(WorldState after)
                ? after
                : null;
    }

    private static Change change(WorldState state, SplittableRandom random) {
        Part part = random.nextInt(4) == 0 ? Shop.OWN : Part.SHARED;
        if (state.document(part) == null) {
            return new Change.Add(part, Pointer.ROOT, PLAYER);
        }
        Pointer at = Pointer.ROOT;
        Json value = state.document(part).content();
        for (int steps = 1 + random.nextInt(10); steps > 0; steps--) {
            List<String> inner = tokens(value);
            if (inner.isEmpty()) {
                break;
            }
            at = at.child(inner.get(random.nextInt(inner.size())));
            value = at.in(state.document(part).content());
        }
        return switch (random.nextInt(5)) {
            case 0 -> new Change.Remove(part, at);
            case 1, 2 -> new Change.Replace(part, at, like(value, random));
            default -> added(part, at, value, random);
        };
    }

    private static Change added(Part part, Pointer at, Json holder, SplittableRandom random) {
        String id = "i" + random.nextInt(20);
        JsonObject item = JsonObject.of(Json.INSTANCE_ID, Json.of(id), "n", Json.of(1));
        return switch (holder) {
            case JsonCollection _ -> new Change.Add(part, at.child(id), item);
            case JsonArray array when array.elements().isEmpty() ->
                    new Change.Add(part, at.child(random.nextBoolean() ? id : "-"), item);
            case JsonArray _ -> new Change.Add(part, at.child("-"), Json.of(id));
            default -> {
                String name = List.of("x", "y", "0", "a.b").get(random.nextInt(4));
                yield new Change.Add(part, at.child(name), like(Json.of(1), random));
            }
        };
    }

    /** Returns a value to put in the place of {@code old}; an item stays the item it is. */
    private static Json like(Json old, SplittableRandom random) {
        if (old instanceof JsonObject object && object.has(Json.INSTANCE_ID)) {
            return JsonObject.of(
                    Json.INSTANCE_ID, object.get(Json.INSTANCE_ID), "r", Json.of(random.nextInt()));
        }
        return switch (random.nextInt(4)) {
            case 0 -> JsonObject.of("z", Json.of(random.nextInt(9)));
            case 1 -> JsonArray.EMPTY;
            default -> Json.of(random.nextInt(9));
        };
    }

    private static List<String> tokens(Json value) {
        return switch (value) {
            case JsonObject object -> object.names();
            case JsonCollection collection ->
                    collection.items().stream().map(JsonCollection::idOf).toList();
            case JsonArray array -> array.elements().isEmpty() ? List.of() : List.of("0");
            default -> List.of();
        };
    }
}
