package io.worldweave.domain.play;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.WorldState;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In how many lists of a world things of certain ids stand: in the shared document, with its NPCs
 * or with players. Costs as many steps as there are places and players. Not thread-safe: of one
 * count.
 */
final class Whereabouts {
    private final Set<String> ids;
    private final Map<String, Integer> counts = new HashMap<>();

    private Whereabouts(Set<String> ids) {
        this.ids = ids;
    }

    static Map<String, Integer> of(Set<String> ids, WorldState state) {
        Whereabouts whereabouts = new Whereabouts(ids);
        whereabouts.addHeld(state.shared().content());
        state.players()
                .forEach((user, document) -> whereabouts.add(document.content().get("inventory")));
        return whereabouts.counts;
    }

    private void addHeld(JsonObject holder) {
        holder.forEach((name, member) -> {
            if (member instanceof JsonObject inner) {
                addHeld(inner);
            } else if (name.equals("items") || name.equals("npcs")) {
                add(member);
                if (name.equals("npcs")) {
                    holder.items(name).forEach(npc -> add(npc.get("inventory")));
                }
            }
        });
    }

    private void add(@Nullable Json list) {
        if (list instanceof JsonCollection things) {
            for (String id : ids) {
                if (things.get(id) != null) {
                    counts.merge(id, 1, Integer::sum);
                }
            }
        }
    }
}
