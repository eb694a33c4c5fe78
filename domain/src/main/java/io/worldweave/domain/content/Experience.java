package io.worldweave.domain.content;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;
import java.util.List;
import java.util.Map;

/**
 * A world's definition as its authors wrote it. Immutable; an edited file makes a new one.
 *
 * @param config the whole of {@code config.json}, unknown keys included
 * @param authoredWorld {@code state/world.json} as written, items without what their templates give
 *     them
 * @param templates by template id
 * @param commands player and admin commands, by name; admin commands begin with {@code @}
 * @param quests by quest id
 * @param schema of the shared document
 * @param instructions how the story is to be told, for language models; may be empty
 * @param schedules what its worlds do by themselves, by schedule id
 */
public record Experience(
        ExperienceId id,
        String name,
        String version,
        StateModel model,
        JsonObject config,
        JsonObject authoredWorld,
        Map<String, Template> templates,
        Map<String, CommandSpec> commands,
        Map<String, Quest> quests,
        WorldSchema schema,
        String instructions,
        Map<String, Schedule> schedules) {

    private static final String PLAYER_VIEW = "player_view";
    private static final String ZONE = "zone";

    /** Who shares a world. */
    public enum StateModel {
        /** All players live in one world. */
        SHARED,
        /** Every player lives in a copy of its own. */
        ISOLATED
    }

    public Experience {
        templates = Map.copyOf(templates);
        commands = Map.copyOf(commands);
        quests = Map.copyOf(quests);
        schedules = Map.copyOf(schedules);
    }

    /**
     * Makes an experience whose world may be anything and does nothing by itself, and whose
     * narrator is told nothing.
     */
    public Experience(
            ExperienceId id,
            String name,
            String version,
            StateModel model,
            JsonObject config,
            JsonObject authoredWorld,
            Map<String, Template> templates,
            Map<String, CommandSpec> commands,
            Map<String, Quest> quests) {
        this(
                id,
                name,
                version,
                model,
                config,
                authoredWorld,
                templates,
                commands,
                quests,
                WorldSchema.ANY,
                "",
                Map.of());
    }

    /** Returns the same experience with another authored world. */
    public Experience withWorld(JsonObject world) {
        return new Experience(
                id,
                name,
                version,
                model,
                config,
                world,
                templates,
                commands,
                quests,
                schema,
                instructions,
                schedules);
    }

    /** Returns the same experience with another schema. */
    public Experience withSchema(WorldSchema other) {
        return new Experience(
                id,
                name,
                version,
                model,
                config,
                authoredWorld,
                templates,
                commands,
                quests,
                other,
                instructions,
                schedules);
    }

    /** Returns the same experience with other instructions. */
    public Experience withInstructions(String other) {
        return new Experience(
                id,
                name,
                version,
                model,
                config,
                authoredWorld,
                templates,
                commands,
                quests,
                schema,
                other,
                schedules);
    }

    /** Returns the same experience with other schedules. */
    public Experience withSchedules(Map<String, Schedule> other) {
        return new Experience(
                id,
                name,
                version,
                model,
                config,
                authoredWorld,
                templates,
                commands,
                quests,
                schema,
                instructions,
                other);
    }

    /** Returns the world in which {@code user} plays. */
    public WorldId worldOf(UserId user) {
        return switch (model) {
            case SHARED -> new WorldId.Shared(id);
            case ISOLATED -> new WorldId.Isolated(id, user);
        };
    }

    /** Returns whether coordinates decide in which zone a player is. */
    public boolean isGpsBased() {
        return config.object("capabilities").flag("gps_based", false);
    }

    /**
     * Returns whether {@code who} may see the whole world, or only the zone where that player is.
     */
    public boolean showsWorldTo(Identity who) {
        return who.mayPublish() || !config.object("multiplayer").text(PLAYER_VIEW, "").equals(ZONE);
    }

    /** Returns whether whoever patches its world must say which version the patch is made for. */
    public boolean asksForVersions() {
        return config.object("state").object("coordination").flag("optimistic_versioning", false);
    }

    /** Returns whether players see and meet each other. */
    public boolean playersMeet() {
        JsonObject multiplayer = config.object("multiplayer");
        return multiplayer.flag("enabled", true)
                && !multiplayer.text("player_visibility", ZONE).equals("none");
    }

    /** Returns the player commands, in the order of their names. */
    public List<CommandSpec> playerCommands() {
        return commands.values().stream()
                .filter(command -> !command.admin())
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }
}
