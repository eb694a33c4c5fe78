package io.worldweave.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.Projection;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import java.util.List;

/** A corner of the demonstration world, and what happens in it. */
final class Shop {
    static final UserId ALICE = new UserId("alice");
    static final ExperienceId WOODS = new ExperienceId("wylding-woods");
    static final WorldId WORLD = new WorldId.Shared(WOODS);
    static final Part OWN = Part.own(ALICE);
    static final long NOW = 1_731_240_000_000L;

    static final String ZONE = "/locations/woander_store";
    static final String AREA = ZONE + "/areas/main_room";
    static final String SPOT = AREA + "/spots/spot_1";

    static final JsonObject BOTTLE =
            json(
                    """
                    {"instance_id":"dream_bottle_1","template_id":"dream_bottle",
                     "type":"dream_bottle","semantic_name":"peaceful dream bottle",
                     "description":"A round bottle of pale blue glass.","collectible":true,
                     "visible":true,"state":{"glowing":true,"symbol":"spiral"}}\
                    """);
    static final JsonObject WOANDER =
            json(
                    """
                    {"instance_id":"woander_1","template_id":"woander","type":"woander",
                     "name":"Woander","state":{}}\
                    """);

    private Shop() {}

    static JsonObject json(String text) {
        return JsonReader.strict().readObject(text.getBytes(UTF_8));
    }

    static Change add(Part part, String pointer, Json value) {
        return new Change.Add(part, Pointer.parse(pointer), value);
    }

    static Change remove(Part part, String pointer) {
        return new Change.Remove(part, Pointer.parse(pointer));
    }

    static Change replace(Part part, String pointer, Json value) {
        return new Change.Replace(part, Pointer.parse(pointer), value);
    }

    /** Alice takes the bottle, as she sees it. */
    static Projection taken() {
        return did(
                "command:take",
                remove(Part.SHARED, SPOT + "/items/dream_bottle_1"),
                add(OWN, "/inventory/dream_bottle_1", BOTTLE));
    }

    static Projection did(String cause, Change... changes) {
        return new Projection(WORLD, Actor.of(ALICE), cause, NOW, List.of(changes));
    }

    /** Returns the text of the update from 41 to 42; what cannot be expressed is a failure. */
    static String text(Projection projection, WireVersion version) {
        return switch (version.encode(projection)) {
            case Encoding.Encoded(EncodedUpdate update) -> {
                Utf8Buffer out = new Utf8Buffer(64);
                update.writeTo(out, 41, 42);
                yield out.toString();
            }
            case Encoding.Inexpressible(String reason) -> throw new AssertionError(reason);
        };
    }
}
