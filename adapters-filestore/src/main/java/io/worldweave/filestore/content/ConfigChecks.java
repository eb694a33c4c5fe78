package io.worldweave.filestore.content;

import io.worldweave.domain.content.Experience.StateModel;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.json.Pointer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What {@code config.json} must say, and the kinds of what it may say. */
final class ConfigChecks {
    private static final Pattern VERSION =
            Pattern.compile("(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})");
    private static final List<String> FLAGS =
            List.of(
                    "state.coordination.locking_enabled",
                    "state.coordination.optimistic_versioning",
                    "state.persistence.auto_save",
                    "state.persistence.backup_enabled",
                    "multiplayer.enabled",
                    "bootstrap.copy_template_for_isolated",
                    "capabilities.gps_based",
                    "capabilities.travel_by_name",
                    "capabilities.ar_enabled",
                    "capabilities.inventory_system",
                    "capabilities.quest_system");
    private static final List<String> NUMBERS =
            List.of(
                    "state.coordination.lock_timeout_ms",
                    "state.persistence.save_interval_s",
                    "multiplayer.max_concurrent_players");

    private static final Map<String, Set<String>> CHOICES =
            Map.of("multiplayer.player_view", Set.of("world", "zone"));

    private final Members config;

    ConfigChecks(Members config) {
        this.config = config;
    }

    /** Checks that the id is the folder's name and that known keys hold what they should. */
    void checkKinds(String folder) {
        String id = config.text("id");
        if (!id.isEmpty() && !id.equals(folder)) {
            config.wrong("id", "is '" + id + "' and not the folder's name '" + folder + "'");
        }
        String version = config.text("version");
        if (!version.isEmpty() && !VERSION.matcher(version).matches()) {
            config.wrong("version", "'" + version + "' is not x.y.z");
        }
        FLAGS.forEach(path -> checkKind(path, JsonBoolean.class, "is neither true nor false"));
        NUMBERS.forEach(path -> checkKind(path, JsonNumber.class, "is no number"));
        CHOICES.forEach(this::checkChoice);
    }

    private void checkChoice(String path, Set<String> choices) {
        Json value = Pointer.of(path.split("\\.")).in(config.object());
        if (value != null
                && !(value instanceof JsonString(String word) && choices.contains(word))) {
            config.wrong(path, "is none of " + new TreeSet<>(choices));
        }
    }

    private void checkKind(String path, Class<? extends Json> kind, String reason) {
        Json value = Pointer.of(path.split("\\.")).in(config.object());
        if (value != null && !kind.isInstance(value)) {
            config.wrong(path, reason);
        }
    }

    StateModel stateModel() {
        Members state = config.object("state");
        String model = state.text("model");
        return switch (model) {
            case "shared" -> StateModel.SHARED;
            case "isolated" -> StateModel.ISOLATED;
            default -> {
                if (!model.isEmpty()) {
                    state.wrong("model", "'" + model + "' is neither shared nor isolated");
                }
                yield StateModel.SHARED;
            }
        };
    }

    /** Checks that players begin at a place of the world. */
    void checkStart(JsonObject world) {
        Members bootstrap = config.object("bootstrap");
        String location = bootstrap.text("player_starting_location");
        JsonObject locations = world.object("locations");
        if (!location.isEmpty() && !locations.has(location)) {
            bootstrap.wrong(
                    "player_starting_location", "the world has no location '" + location + "'");
        }
        String area = bootstrap.optionalText("player_starting_area");
        JsonObject areas = locations.object(location).object("areas");
        if (area != null && !areas.has(area)) {
            bootstrap.wrong(
                    "player_starting_area", "'" + location + "' has no area '" + area + "'");
        }
    }

    /** Returns where the authors' world is. */
    String worldPath() {
        Members bootstrap = config.object("bootstrap");
        String path = bootstrap.optionalText("world_template_path");
        if (path == null) {
            return "state/world.json";
        }
        if (path.startsWith("/") || path.contains("..") || path.contains("\\")) {
            bootstrap.wrong("world_template_path", "'" + path + "' leads out of the experience");
        }
        return path;
    }
}
