package io.worldweave.domain.command;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Seeds;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A player's surroundings in one state of the world. A player without an area is in all areas of
 * its zone.
 *
 * @param own the player's own part, or what it will begin with
 * @param newcomer whether the state has no such part yet
 * @param here where the player is; null if that is no place of this world
 */
record Scene(
        Experience experience,
        WorldState state,
        Identity who,
        JsonObject own,
        boolean newcomer,
        @Nullable Place here,
        List<Spot> spots) {

    static Scene of(Experience experience, WorldState state, Identity who) {
        Document known = state.own(who.user());
        JsonObject own = known == null ? Seeds.player(experience) : known.content();
        Atlas atlas = new Atlas(state.shared().content());
        Place here = atlas.place(own.text("current_location"), own.text("current_area"));
        return new Scene(experience, state, who, own, known == null, here, atlas.spots(here));
    }

    Atlas atlas() {
        return new Atlas(state.shared().content());
    }

    UserId user() {
        return who.user();
    }

    Part ownPart() {
        return Part.own(who.user());
    }

    /** Returns the content of a part; that of a player who is not in this world is empty. */
    JsonObject content(Part part) {
        if (part.equals(ownPart())) {
            return own;
        }
        Document document = state.document(part);
        return document == null ? JsonObject.EMPTY : document.content();
    }

    /** Returns the things of that kind which can be seen here. */
    List<Thing> seen(Thing.Kind kind) {
        List<Thing> things = new ArrayList<>();
        for (Spot spot : spots) {
            spot.things(kind).stream().filter(Thing::visible).forEach(things::add);
        }
        return things;
    }

    List<Thing> carried() {
        return carriedBy(user());
    }

    List<Thing> carriedBy(UserId user) {
        Part part = Part.own(user);
        return Thing.in(Thing.Kind.ITEM, part, Pointer.ROOT, content(part), "inventory");
    }

    /** Returns everybody here to whom something can be given. */
    List<Person> people() {
        List<Person> people = new ArrayList<>();
        seen(Thing.Kind.CHARACTER).forEach(npc -> people.add(new Person.Npc(npc)));
        if (here != null && experience.playersMeet()) {
            state.players()
                    .forEach((user, document) -> {
                        if (!user.equals(user().value()) && isHere(document.content())) {
                            people.add(new Person.Player(new UserId(user)));
                        }
                    });
        }
        return people;
    }

    /** Who is in no area in particular is in all areas of its zone, and meets everybody there. */
    private boolean isHere(JsonObject other) {
        String area = own.text("current_area");
        String theirs = other.text("current_area");
        return Objects.equals(own.text("current_location"), other.text("current_location"))
                && (area == null || theirs == null || area.equals(theirs));
    }

    /** Returns where one can go from here, in the order in which it was written. */
    List<Place> ways() {
        Atlas atlas = atlas();
        List<Place> ways = new ArrayList<>();
        if (here != null) {
            ways.addAll(atlas.areas(here.zone()));
        }
        if (travelsBetweenZones()) {
            ways.addAll(atlas.zones());
        }
        return ways;
    }

    private boolean travelsBetweenZones() {
        return !experience.isGpsBased()
                || experience.config().object("capabilities").flag("travel_by_name", false);
    }
}
