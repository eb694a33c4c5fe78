package io.worldweave.domain.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What several deltas come to: the changes that lead from one state to another directly.
 *
 * <p>The changes of the deltas say where to look, the two states what to find there. So its cost
 * grows with what was touched, not with the world; what was changed and changed back is not in it;
 * and a viewer who sees some parts only is given the net effect of the changes to these.
 */
public final class NetEffect {
    private final Part part;
    private final List<String> path = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    private NetEffect(Part part) {
        this.part = part;
    }

    /**
     * Returns changes that, applied one after another to {@code before}, make the parts that were
     * touched equal to those of {@code after}: never more than there were, none where nothing
     * changed in the end. Items and members come one by one; a place whose inner changes would be
     * more than were made to it is replaced as a whole, and so is an array.
     *
     * @param touched all changes that were made between the two states, or all to some of the parts
     */
    public static List<Change> between(
            WorldState before, WorldState after, Collection<? extends Change> touched) {
        Map<Part, Touched> parts = new LinkedHashMap<>();
        for (Change change : touched) {
            parts.computeIfAbsent(change.part(), _ -> new Touched()).add(change);
        }
        List<Change> changes = new ArrayList<>();
        parts.forEach((part, places) -> {
            NetEffect effect = new NetEffect(part);
            effect.walk(places, content(before, part), content(after, part));
            changes.addAll(effect.changes);
        });
        return List.copyOf(changes);
    }

    private static @Nullable Json content(WorldState state, Part part) {
        Document document = state.document(part);
        return document == null ? null : document.content();
    }

    /** Goes down to the places where changes were made; what is shared did not change. */
    @SuppressWarnings("ReferenceEquality") // what is shared is equal
    private void walk(Touched places, @Nullable Json before, @Nullable Json after) {
        if (before == after) {
            return;
        }
        if (before == null || after == null || places.isWhole(before, after)) {
            changes.addAll(new Difference(part, path, places.count()).between(before, after));
            return;
        }
        places.forEach((token, inner) -> {
            path.addLast(token);
            walk(inner, Pointer.step(before, token), Pointer.step(after, token));
            path.removeLast();
        });
    }
}
