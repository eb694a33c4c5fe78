package io.worldweave.domain.author;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the collisions of a merge, and counts those beyond the limit. Not thread-safe. */
final class Collisions {
    private final List<Collision> list = new ArrayList<>();
    private int count;

    void add(
            Part part,
            Pointer pointer,
            String reason,
            @Nullable Json base,
            @Nullable Json authors,
            @Nullable Json live) {
        count++;
        if (list.size() < Collision.LIMIT) {
            list.add(new Collision(part, pointer, reason, base, authors, live));
        }
    }

    List<Collision> list() {
        return List.copyOf(list);
    }

    int count() {
        return count;
    }
}
