package io.worldweave.wire.stored;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;

/**
 * The name of a world: its experience, its owner, or both. What a world is called in messages is
 * for people, and may be that of another world too.
 */
public final class WorldIdJson {
    private static final String EXPERIENCE = "experience";
    private static final String OWNER = "owner";

    private WorldIdJson() {}

    public static JsonObject write(WorldId world) {
        return switch (world) {
            case WorldId.Shared(ExperienceId experience) ->
                    JsonObject.of(EXPERIENCE, Json.of(experience.value()));
            case WorldId.Isolated(ExperienceId experience, UserId owner) ->
                    JsonObject.of(
                            EXPERIENCE, Json.of(experience.value()), OWNER, Json.of(owner.value()));
            case WorldId.Profile(UserId owner) -> JsonObject.of(OWNER, Json.of(owner.value()));
        };
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static WorldId read(JsonObject json) {
        if (!json.has(OWNER)) {
            return new WorldId.Shared(new ExperienceId(Fields.text(json, EXPERIENCE)));
        }
        UserId owner = new UserId(Fields.text(json, OWNER));
        return json.has(EXPERIENCE)
                ? new WorldId.Isolated(new ExperienceId(Fields.text(json, EXPERIENCE)), owner)
                : new WorldId.Profile(owner);
    }
}
