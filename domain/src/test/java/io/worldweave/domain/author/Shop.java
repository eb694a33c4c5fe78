package io.worldweave.domain.author;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Template;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.Map;

/** A small authored world to be edited: two areas, two bottles, a lamp and a keeper. */
final class Shop {
    static final ExperienceId ID = new ExperienceId("shop");
    static final UserId ALICE = new UserId("alice");
    static final Pointer SHELF = items("shelf");
    static final Pointer WINDOW = items("window");

    private Shop() {}

    static Pointer area(String area) {
        return Pointer.of("locations", "shop", "areas", area);
    }

    static Pointer items(String area) {
        return new Pointer(tokens(area(area), "spots", "spot_1", "items"));
    }

    static Pointer npcs(String area) {
        return new Pointer(tokens(area(area), "spots", "spot_1", "npcs"));
    }

    private static List<String> tokens(Pointer pointer, String... more) {
        return java.util.stream.Stream.concat(
                        pointer.tokens().stream(), java.util.Arrays.stream(more))
                .toList();
    }

    static Authored authored() {
        JsonObject areas =
                JsonObject.of(
                        "shelf",
                        area(
                                "Shelf",
                                Json.array(
                                        List.of(
                                                thing("bottle_1", "bottle")
                                                        .with("name", Json.of("green bottle")),
                                                thing("bottle_2", "bottle"))),
                                Json.array(List.of(thing("keeper_1", "keeper")))),
                        "window",
                        area(
                                "Window",
                                Json.array(List.of(thing("lamp_1", "lamp"))),
                                JsonArray.EMPTY));
        JsonObject shop = JsonObject.of("name", Json.of("The Shop"), "areas", areas);
        JsonObject world =
                JsonObject.of(
                        "time_of_day", Json.of("dusk"), "locations", JsonObject.of("shop", shop));
        return new Authored(
                world,
                Map.of(
                        "bottle", template("bottle", Template.Kind.ITEM, "bottle"),
                        "lamp",
                                withProperty(
                                        template("lamp", Template.Kind.ITEM, "lamp"),
                                        "state",
                                        JsonObject.of("lit", Json.of(false))),
                        "keeper", template("keeper", Template.Kind.NPC, "Keeper")));
    }

    private static JsonObject area(String name, Json items, Json npcs) {
        JsonObject spot = JsonObject.of("items", items, "npcs", npcs);
        return JsonObject.of("name", Json.of(name), "spots", JsonObject.of("spot_1", spot));
    }

    static JsonObject thing(String id, String template) {
        return JsonObject.of(Json.INSTANCE_ID, Json.of(id), "template_id", Json.of(template));
    }

    private static Template template(String id, Template.Kind kind, String name) {
        JsonObject properties =
                JsonObject.of(
                        "name",
                        Json.of(name),
                        "description",
                        Json.of("A " + name + "."),
                        "collectible",
                        Json.of(kind == Template.Kind.ITEM));
        return new Template(id, kind, properties, JsonObject.EMPTY);
    }

    static Template withProperty(Template template, String name, Json value) {
        return new Template(
                template.id(),
                template.kind(),
                template.properties().with(name, value),
                template.sections());
    }

    /** Returns what was authored with another property of a template. */
    static Authored with(Authored authored, String template, String property, Json value) {
        Map<String, Template> templates = new java.util.HashMap<>(authored.templates());
        templates.computeIfPresent(template, (_, old) -> withProperty(old, property, value));
        return new Authored(authored.world(), templates);
    }

    /** Returns what was authored with a value at a place of the world. */
    static Authored with(Authored authored, Pointer place, Json value) {
        return new Authored(Trees.with(authored.world(), place, value), authored.templates());
    }

    static Authored without(Authored authored, Pointer place) {
        return new Authored(Trees.without(authored.world(), place), authored.templates());
    }

    /** Returns the world as it begins. */
    static WorldState begun(Authored authored) {
        return WorldState.initial("epoch", authored.completed()).writtenBy(authored.document());
    }

    /** Returns the world in which Alice, who is in the window, has entered. */
    static WorldState played() {
        return after(
                begun(authored()),
                new Change.Add(
                        Part.own(ALICE),
                        Pointer.ROOT,
                        JsonObject.of(
                                "current_location",
                                Json.of("shop"),
                                "current_area",
                                Json.of("window"),
                                "inventory",
                                JsonArray.EMPTY)));
    }

    /** Returns the world in which Alice has taken what is at a place. */
    static WorldState taken(WorldState state, Pointer place) {
        JsonObject thing = (JsonObject) place.in(state.shared().content());
        if (thing == null) {
            throw new IllegalArgumentException("nothing is at " + place);
        }
        return after(
                state,
                new Change.Remove(Part.SHARED, place),
                new Change.Add(
                        Part.own(ALICE),
                        Pointer.of("inventory", JsonCollection.idOf(thing)),
                        thing));
    }

    static WorldState after(WorldState state, Change... changes) {
        return after(state, List.of(changes));
    }

    static WorldState after(WorldState state, List<Change> changes) {
        if (changes.isEmpty()) {
            return state;
        }
        Delta delta = new Delta(state.revision(), new Actor.User(ALICE), "test", 0, changes);
        return switch (state.apply(delta)) {
            case Edit.Applied<WorldState>(WorldState after) -> after;
            case Edit.Refused<WorldState>(var rejection) ->
                    throw new IllegalArgumentException(rejection.reason());
        };
    }

    static Experience experience(Authored authored) {
        return new Experience(
                ID,
                "Shop",
                "1.0.0",
                Experience.StateModel.SHARED,
                JsonObject.of(
                        "bootstrap", JsonObject.of("player_starting_location", Json.of("shop"))),
                authored.world(),
                authored.templates(),
                Map.of(),
                Map.of());
    }
}
