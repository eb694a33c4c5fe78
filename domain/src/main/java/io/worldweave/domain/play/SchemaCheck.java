package io.worldweave.domain.play;

import io.worldweave.domain.content.WorldSchema;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds worlds to the schema of their experience. */
final class SchemaCheck {
    private SchemaCheck() {}

    /**
     * Returns what the schema forbids in the shared document {@code after}, or null if nothing.
     * What it forbade {@code before} as well can stay: the world may be older than the schema.
     */
    static @Nullable Rejection breach(WorldSchema schema, WorldState before, WorldState after) {
        List<WorldSchema.Breach> breaches = schema.breaches(after.shared().content());
        if (breaches.isEmpty()) {
            return null;
        }
        List<WorldSchema.Breach> older = schema.breaches(before.shared().content());
        return first(breaches.stream().filter(breach -> !older.contains(breach)).toList());
    }

    /** Returns what the schema forbids in a shared document, or null if nothing. */
    static @Nullable Rejection breach(WorldSchema schema, JsonObject document) {
        return first(schema.breaches(document));
    }

    private static @Nullable Rejection first(List<WorldSchema.Breach> breaches) {
        if (breaches.isEmpty()) {
            return null;
        }
        WorldSchema.Breach breach = breaches.getFirst();
        String more = breaches.size() == 1 ? "" : " (and " + (breaches.size() - 1) + " more)";
        return new Rejection.WrongKind(
                breach.place(), "the experience's schema forbids it: " + breach.reason() + more);
    }
}
