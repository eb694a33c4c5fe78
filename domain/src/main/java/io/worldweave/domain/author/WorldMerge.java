package io.worldweave.domain.author;

import io.worldweave.domain.author.Things.Found;
import io.worldweave.domain.author.Things.Place;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Merges what authors changed into a world that is being played: three-way, so that nothing that
 * was done in the world since is undone.
 *
 * <p>Places and plain values are merged where they are. Things are merged by their instance id
 * wherever they are now: first what they are, then those that the authors moved are taken up and
 * those that they took away go, places are merged, and what was moved or is new is put down.
 *
 * <p>Not thread-safe: of one merge. The same input always gives the same result.
 */
final class WorldMerge {
    private static final String TEMPLATE_ID = "template_id";
    private static final String TAKEN = "it is not where the authors had it";
    private static final String THERE = "the world has a thing of this id already";
    private static final String NO_PLACE = "where the authors put it is not in the world";

    private final Authored base;
    private final Authored mine;
    private final WorldState live;
    private final JsonObject baseWorld;
    private final JsonObject mineWorld;
    private final Things baseThings;
    private final Things mineThings;
    private final Things liveThings = new Things();
    private final Collisions collisions = new Collisions();
    private final Occupied occupied;
    private final Map<Part, JsonObject> documents = new LinkedHashMap<>();

    /** What is on its way from one place to another, in the order in which it is put down. */
    private final Map<String, JsonObject> moved = new LinkedHashMap<>();

    private WorldMerge(Authored base, Authored mine, WorldState live) {
        this.base = base;
        this.mine = mine;
        this.live = live;
        this.baseWorld = base.completed();
        this.mineWorld = mine.completed();
        this.baseThings = new Things().add(Part.SHARED, baseWorld);
        this.mineThings = new Things().add(Part.SHARED, mineWorld);
        this.occupied = Occupied.by(live);
        add(Part.SHARED, live.shared().content());
        live.players().forEach((user, own) -> add(Part.own(new UserId(user)), own.content()));
    }

    private void add(Part part, JsonObject document) {
        documents.put(part, document);
        liveThings.add(part, document);
    }

    /**
     * What a merge comes to.
     *
     * @param documents every part but what the authors wrote, changed or not; the shared one first
     */
    record Merged(
            Map<Part, JsonObject> documents, List<Collision> collisions, int collisionCount) {}

    static Merged of(Authored base, Authored mine, WorldState live) {
        WorldMerge merge = new WorldMerge(base, mine, live);
        merge.run();
        return new Merged(merge.documents, merge.collisions.list(), merge.collisions.count());
    }

    private void run() {
        liveThings.ids().forEach(this::mergeThing);
        reportGone();
        takeUpMoved();
        baseThings.ids().stream().filter(id -> mineThings.all(id).isEmpty()).forEach(this::remove);
        mergePlaces();
        mineThings.ids().forEach(this::putDown);
    }

    /** Merges what a thing is, wherever it is. */
    private void mergeThing(String id) {
        Found before = baseThings.first(id);
        Found now = mineThings.first(id);
        for (Found found : liveThings.all(id)) {
            if (before != null && now != null) {
                mergeThing(found, before.thing(), now.thing(), collisions);
            } else if (before == null && now == null) {
                mergeTemplate(id, found);
            }
        }
    }

    /** What authors did not put into the world has from them what its template gives. */
    private void mergeTemplate(String id, Found found) {
        if (found.thing().get(TEMPLATE_ID) instanceof JsonString(String template)
                && mine.templates().containsKey(template)
                && !Objects.equals(
                        base.templates().get(template), mine.templates().get(template))) {
            mergeThing(found, base.given(id, template), mine.given(id, template), null);
        }
    }

    private void mergeThing(
            Found found, JsonObject before, JsonObject now, @Nullable Collisions told) {
        if (before.equals(now)) {
            return;
        }
        Part part = found.place().part();
        JsonObject document = document(part);
        if (found.at().in(document) instanceof JsonObject present) {
            ValueMerge merge = new ValueMerge(part, told, _ -> false);
            JsonObject merged = merge.members(found.at(), before, now, present, found.thing());
            documents.put(part, Trees.with(document, found.at(), merged));
        }
    }

    /** Says which things their authors edited in vain; an edit of their templates is none. */
    private void reportGone() {
        if (baseThings.ids().stream().noneMatch(this::isGone)) {
            return;
        }
        Things written = new Things().add(Part.SHARED, base.world());
        Things rewritten = new Things().add(Part.SHARED, mine.world());
        for (String id : written.ids()) {
            Found before = written.first(id);
            Found now = rewritten.first(id);
            if (before != null && now != null && !isSame(before, now) && isGone(id)) {
                collisions.add(
                        Part.SHARED, now.at(), ValueMerge.GONE, before.thing(), now.thing(), null);
            }
        }
    }

    private boolean isGone(String id) {
        return liveThings.all(id).isEmpty();
    }

    private static boolean isSame(Found before, Found now) {
        return before.thing().equals(now.thing()) && before.place().equals(now.place());
    }

    /** Takes a thing away; one whose list the authors took away goes or stays with the list. */
    private void remove(String id) {
        Found before = Objects.requireNonNull(baseThings.first(id));
        boolean goesAlone = isThere(before.place(), mineWorld);
        for (Found found : liveThings.all(id)) {
            Part part = found.place().part();
            if (!found.place().equals(before.place())) {
                collide(found, TAKEN, before.thing(), null);
            } else if (!found.thing().equals(before.thing())) {
                collide(found, ValueMerge.CHANGED, before.thing(), null);
            } else if (goesAlone) {
                documents.put(part, Trees.without(document(part), found.at()));
            }
        }
    }

    private static boolean isThere(Place place, JsonObject document) {
        Pointer list = pointer(place, document);
        return list != null && Things.isList(list.in(document));
    }

    /** Takes up what authors moved, of what things hold before the things themselves. */
    private void takeUpMoved() {
        List<Found> all = new ArrayList<>();
        for (String id : mineThings.ids()) {
            Found before = baseThings.first(id);
            Found now = mineThings.first(id);
            if (before != null && now != null && !before.place().equals(now.place())) {
                liveThings.all(id).stream()
                        .filter(found -> isToMove(found, before, now))
                        .forEach(all::add);
            }
        }
        all.sort(Comparator.comparingInt((Found found) -> found.at().depth()).reversed());
        for (Found found : all) {
            JsonObject document = document(Part.SHARED);
            if (found.at().in(document) instanceof JsonObject thing) {
                moved.put(found.at().last(), thing);
                documents.put(Part.SHARED, Trees.without(document, found.at()));
            }
        }
    }

    private boolean isToMove(Found found, Found before, Found now) {
        if (found.place().equals(before.place())) {
            return true;
        }
        if (!found.place().equals(now.place())) {
            collide(found, TAKEN, before.thing(), now.thing());
        }
        return false;
    }

    private void mergePlaces() {
        ValueMerge merge = new ValueMerge(Part.SHARED, collisions, occupied::isWithin);
        JsonObject original = live.shared().content();
        documents.put(
                Part.SHARED,
                merge.members(Pointer.ROOT, baseWorld, mineWorld, document(Part.SHARED), original));
    }

    /** Puts down what was moved, and what is new. */
    private void putDown(String id) {
        Found now = Objects.requireNonNull(mineThings.first(id));
        JsonObject carried = moved.get(id);
        if (carried != null) {
            if (!put(now.place(), id, carried)) {
                putBack(id, now, carried);
            }
        } else if (baseThings.all(id).isEmpty()) {
            putNew(id, now);
        }
    }

    private void putNew(String id, Found now) {
        List<Found> there = liveThings.all(id);
        for (Found found : there) {
            if (!found.place().equals(now.place()) || !found.thing().equals(now.thing())) {
                collide(found, THERE, null, now.thing());
            }
        }
        if (there.isEmpty() && !put(now.place(), id, (JsonObject) Things.emptied(now.thing()))) {
            collisions.add(Part.SHARED, now.at(), NO_PLACE, null, now.thing(), null);
        }
    }

    private void putBack(String id, Found now, JsonObject carried) {
        Found before = Objects.requireNonNull(baseThings.first(id));
        put(before.place(), id, carried);
        collisions.add(Part.SHARED, now.at(), NO_PLACE, before.thing(), now.thing(), carried);
    }

    /** Returns whether there was such a list to put it into. */
    private boolean put(Place place, String id, JsonObject thing) {
        JsonObject document = document(Part.SHARED);
        Pointer list = pointer(place, document);
        if (list == null || !Things.isList(list.in(document))) {
            return false;
        }
        documents.put(Part.SHARED, Trees.with(document, list.child(id), thing));
        return true;
    }

    /** Returns where a list is now, or null if its holder is not in the shared document. */
    private static @Nullable Pointer pointer(Place place, JsonObject document) {
        if (place.holder() == null) {
            return place.list();
        }
        Found holder = new Things().add(Part.SHARED, document).first(place.holder());
        if (holder == null) {
            return null;
        }
        Pointer at = holder.at();
        for (String token : place.list().tokens()) {
            at = at.child(token);
        }
        return at;
    }

    private void collide(
            Found found, String reason, @Nullable Json before, @Nullable Json authors) {
        collisions.add(found.place().part(), found.at(), reason, before, authors, found.thing());
    }

    private JsonObject document(Part part) {
        return Objects.requireNonNull(documents.get(part));
    }
}
