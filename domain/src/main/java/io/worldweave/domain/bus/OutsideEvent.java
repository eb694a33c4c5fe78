package io.worldweave.domain.bus;

import io.worldweave.domain.json.JsonObject;
import java.util.Set;

/**
 * What another program says to a user: passed on as it is, it touches no state and no chain of
 * versions.
 *
 * <p>So it is never one of the things that the service itself says: those it may not even resemble.
 */
public record OutsideEvent(JsonObject content) {
    /** What streams and sessions say themselves; {@code world_update} may be said by others. */
    private static final Set<String> RESERVED_TYPES =
            Set.of(
                    "metadata",
                    "content",
                    "tool_use",
                    "done",
                    "error",
                    "snapshot",
                    "connected",
                    "area_of_interest",
                    "action_response",
                    "presence",
                    "pong",
                    "commands_schema");

    /** What a place in a chain is told by. */
    private static final Set<String> RESERVED_MEMBERS =
            Set.of("base_version", "snapshot_version", "cursor");

    public OutsideEvent {
        String type = content.text("type", "");
        if (RESERVED_TYPES.contains(type)) {
            throw new IllegalArgumentException("the type is the service's own: " + type);
        }
        for (String member : RESERVED_MEMBERS) {
            if (content.has(member)) {
                throw new IllegalArgumentException("the member is the service's own: " + member);
            }
        }
    }
}
