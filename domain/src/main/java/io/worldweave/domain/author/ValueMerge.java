package io.worldweave.domain.author;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Part;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Merges what authors changed in a value into the value as it lives, member by member. Lists of
 * things are left alone: things are merged wherever they are, by {@link WorldMerge}.
 *
 * <p>An author's change applies where the live value is what the authors had before, or has become
 * what they want; anything else is a collision, and stays. Not thread-safe: of one merge.
 */
final class ValueMerge {
    static final String CHANGED = "it was changed in the world as well";
    static final String GONE = "it is not in the world any more";
    static final String OCCUPIED = "a player is there";

    private final Part part;
    private final @Nullable Collisions collisions;
    private final Predicate<Pointer> isOccupied;

    /**
     * Begins a merge.
     *
     * @param collisions told of every collision; null if nobody wants to know
     * @param isOccupied whether a place may not be taken away
     */
    ValueMerge(Part part, @Nullable Collisions collisions, Predicate<Pointer> isOccupied) {
        this.part = part;
        this.collisions = collisions;
        this.isOccupied = isOccupied;
    }

    /** The four versions of what is at a place; null where nothing is. */
    private record Versions(
            @Nullable Json base,
            @Nullable Json mine,
            @Nullable Json live,
            @Nullable Json original) {
        Versions at(String name) {
            return new Versions(
                    step(base, name), step(mine, name), step(live, name), step(original, name));
        }

        private static @Nullable Json step(@Nullable Json value, String name) {
            return value instanceof JsonObject object ? object.get(name) : null;
        }
    }

    /**
     * Returns the object with what the authors changed in it.
     *
     * @param at where it is
     * @param base what the authors had written
     * @param mine what they write now
     * @param live to be changed: the original, but that things of it may have been merged already
     * @param original what the world has
     */
    JsonObject members(
            Pointer at, JsonObject base, JsonObject mine, JsonObject live, JsonObject original) {
        if (base.equals(mine)) {
            return live;
        }
        return inside(at, new Versions(base, mine, live, original), live);
    }

    private JsonObject inside(Pointer at, Versions versions, JsonObject live) {
        Set<String> names = new LinkedHashSet<>();
        addNames(names, versions.base());
        addNames(names, versions.mine());
        JsonObject result = live;
        for (String name : names) {
            Json merged = merged(at.child(name), versions.at(name));
            result = merged == null ? result.without(name) : result.with(name, merged);
        }
        return result;
    }

    private static void addNames(Set<String> names, @Nullable Json value) {
        if (value instanceof JsonObject object) {
            names.addAll(object.names());
        }
    }

    private @Nullable Json merged(Pointer at, Versions versions) {
        if (Objects.equals(versions.base(), versions.mine())) {
            return versions.live();
        }
        if (versions.mine() == null) {
            return taken(at, versions);
        }
        if (mayBeMergedInside(versions) && versions.live() instanceof JsonObject live) {
            return inside(at, versions, live);
        }
        if (Things.isList(versions.mine())
                && Things.isList(versions.live())
                && (versions.base() == null || Things.isList(versions.base()))) {
            return versions.live();
        }
        return put(at, versions, versions.mine());
    }

    private static boolean mayBeMergedInside(Versions versions) {
        return versions.mine() instanceof JsonObject
                && (versions.base() == null || versions.base() instanceof JsonObject);
    }

    private @Nullable Json put(Pointer at, Versions versions, Json mine) {
        if (Objects.equals(versions.original(), versions.base())) {
            return Things.emptied(mine);
        }
        if (versions.original() == null) {
            collideIfGone(at, versions, mine);
        } else if (!versions.original().equals(mine)) {
            collide(at, CHANGED, versions);
        }
        return versions.live();
    }

    /** What authors changed in things alone is told of the things. */
    private void collideIfGone(Pointer at, Versions versions, Json mine) {
        Json base = versions.base();
        if (base == null || !Things.emptied(base).equals(Things.emptied(mine))) {
            collide(at, GONE, versions);
        }
    }

    private @Nullable Json taken(Pointer at, Versions versions) {
        if (versions.original() == null) {
            return null;
        }
        if (!versions.original().equals(versions.base())) {
            collide(at, CHANGED, versions);
            return versions.live();
        }
        if (isOccupied.test(at)) {
            collide(at, OCCUPIED, versions);
            return versions.live();
        }
        return null;
    }

    private void collide(Pointer at, String reason, Versions versions) {
        if (collisions != null) {
            collisions.add(part, at, reason, versions.base(), versions.mine(), versions.original());
        }
    }
}
