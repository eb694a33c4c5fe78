package io.worldweave.domain.live;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws changes to a world of three zones: things that move within and between them and to players,
 * players who go from one to another and nowhere, and now and then a zone that comes, goes or is
 * put anew.
 */
public final class RandomZones {
    private static final List<String> ZONES = List.of("shop", "wood", "hill");

    private final Random random;
    private final List<UserId> users;

    public RandomZones(Random random, List<UserId> users) {
        this.random = random;
        this.users = users;
    }

    public static JsonObject world() {
        JsonObject zones = JsonObject.EMPTY;
        for (String zone : ZONES) {
            zones = zones.with(zone, zone(0));
        }
        return JsonObject.of("clock", Json.of(0), "locations", zones);
    }

    private static JsonObject zone(int number) {
        JsonObject spot = JsonObject.of("items", JsonArray.EMPTY);
        JsonObject area = JsonObject.of("spots", JsonObject.of("s", spot));
        return JsonObject.of("name", Json.of(number), "areas", JsonObject.of("a", area, "b", area));
    }

    /** Returns changes that apply to {@code state} one after another. */
    public List<Change> next(WorldState state) {
        UserId user = users.get(random.nextInt(users.size()));
        Document own = state.own(user);
        if (own == null) {
            return List.of(
                    new Change.Add(
                            Part.own(user),
                            Pointer.ROOT,
                            JsonObject.of(
                                    "current_location",
                                    Json.of("shop"),
                                    "inventory",
                                    JsonArray.EMPTY)));
        }
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> List.of(moved(user));
            case 3 -> List.of(clock());
            case 4 -> whole(state);
            case 5 -> List.of(name(state));
            case 6, 7 -> List.of(moved(user), clock(), item(state));
            default -> carried(state, user);
        };
    }

    private Change moved(UserId user) {
        int to = random.nextInt(ZONES.size() + 2);
        Json place =
                to < ZONES.size()
                        ? Json.of(ZONES.get(to))
                        : to == ZONES.size() ? Json.of("sea") : JsonNull.NULL;
        return new Change.Add(Part.own(user), Pointer.of("current_location"), place);
    }

    private Change clock() {
        return new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(random.nextInt(9)));
    }

    private List<Change> whole(WorldState state) {
        Pointer zone = Pointer.of("locations", ZONES.get(random.nextInt(ZONES.size())));
        boolean there = zone.in(state.shared().content()) != null;
        return switch (random.nextInt(4)) {
            case 0 ->
                    there
                            ? List.of(new Change.Remove(Part.SHARED, zone))
                            : List.of(new Change.Add(Part.SHARED, zone, zone(1)));
            case 1 -> List.of(new Change.Add(Part.SHARED, zone, zone(random.nextInt(2))));
            case 2 ->
                    List.of(
                            new Change.Replace(
                                    Part.SHARED, Pointer.of("locations"), locations(state)));
            default -> List.of(clock());
        };
    }

    private Json locations(WorldState state) {
        return random.nextBoolean()
                ? state.shared().content().object("locations")
                : world().object("locations");
    }

    private Change name(WorldState state) {
        String zone = zone(state);
        return zone.isEmpty()
                ? clock()
                : new Change.Add(
                        Part.SHARED,
                        Pointer.of("locations", zone, "name"),
                        Json.of(random.nextInt(4)));
    }

    /** Returns that a thing of some place goes to another place, or to a player and back. */
    private List<Change> carried(WorldState state, UserId user) {
        String id = "bottle_" + random.nextInt(5);
        List<Place> places = places(state, user);
        List<Change> changes = new ArrayList<>();
        for (Place place : places) {
            if (place.has(state, id)) {
                changes.add(new Change.Remove(place.part(), place.items().child(id)));
            }
        }
        Place to = places.get(random.nextInt(places.size()));
        if (changes.isEmpty() || random.nextInt(4) > 0) {
            changes.add(new Change.Add(to.part(), to.items().child(id), bottle(id)));
        }
        return changes;
    }

    private Change item(WorldState state) {
        String zone = zone(state);
        if (zone.isEmpty()) {
            return clock();
        }
        Place place = new Place(Part.SHARED, items(zone, random.nextBoolean() ? "a" : "b"));
        String id = "jar_" + random.nextInt(4);
        return !place.has(state, id)
                ? new Change.Add(Part.SHARED, place.items().child(id), bottle(id))
                : new Change.Replace(
                        Part.SHARED,
                        place.items().child(id).child("glow"),
                        Json.of(random.nextInt(9)));
    }

    private JsonObject bottle(String id) {
        return JsonObject.of(Json.INSTANCE_ID, Json.of(id), "glow", Json.of(random.nextInt(9)));
    }

    private String zone(WorldState state) {
        List<String> there = state.shared().content().object("locations").names();
        return there.isEmpty() ? "" : there.get(random.nextInt(there.size()));
    }

    private static List<Place> places(WorldState state, UserId user) {
        List<Place> places = new ArrayList<>();
        for (String zone : state.shared().content().object("locations").names()) {
            places.add(new Place(Part.SHARED, items(zone, "a")));
            places.add(new Place(Part.SHARED, items(zone, "b")));
        }
        places.add(new Place(Part.own(user), Pointer.of("inventory")));
        return places;
    }

    private static Pointer items(String zone, String area) {
        return Pointer.of("locations", zone, "areas", area, "spots", "s", "items");
    }

    private record Place(Part part, Pointer items) {
        boolean has(WorldState state, String id) {
            Document document = state.document(part);
            return document != null
                    && items.in(document.content()) instanceof JsonCollection all
                    && all.get(id) != null;
        }
    }
}
