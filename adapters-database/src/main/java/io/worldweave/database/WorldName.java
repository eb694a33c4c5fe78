package io.worldweave.database;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;

/** The name of a world as its row has it. */
record WorldName(String kind, String experience, String owner) {

    static WorldName of(WorldId world) {
        return switch (world) {
            case WorldId.Shared(ExperienceId experience) ->
                    new WorldName("shared", experience.value(), "");
            case WorldId.Isolated(ExperienceId experience, UserId owner) ->
                    new WorldName("isolated", experience.value(), owner.value());
            case WorldId.Profile(UserId owner) -> new WorldName("profile", "", owner.value());
        };
    }

    WorldId world() {
        return switch (kind) {
            case "shared" -> new WorldId.Shared(new ExperienceId(experience));
            case "isolated" ->
                    new WorldId.Isolated(new ExperienceId(experience), new UserId(owner));
            case "profile" -> new WorldId.Profile(new UserId(owner));
            default -> throw new IllegalArgumentException("no world is '" + kind + "'");
        };
    }
}
