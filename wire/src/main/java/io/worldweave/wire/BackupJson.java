package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.stored.StateJson;
import java.util.List;

/** Writes and reads backups: all that a world is at one revision, players' own parts too. */
public final class BackupJson {
    /** What such a document calls itself. */
    private static final String FORMAT = "worldweave-backup-1";

    private static final List<String> MEMBERS =
            List.of("format", "experience", "user", "timestamp", "state");

    private BackupJson() {}

    /**
     * Returns the backup of a world that is at that state.
     *
     * @param timestampMillis Unix milliseconds
     */
    public static JsonObject write(WorldId world, WorldState state, long timestampMillis) {
        return JsonObject.of("format", Json.of(FORMAT))
                .with("experience", Json.of(experience(world).value()))
                .with("user", user(world))
                .with("timestamp", Json.of(timestampMillis))
                .with("state", StateJson.write(state));
    }

    /** Returns the state in a backup of that world, or throws {@link InvalidRequestException}. */
    public static WorldState read(WorldId world, JsonObject backup) {
        for (String name : backup.names()) {
            if (!MEMBERS.contains(name)) {
                throw invalid(Pointer.of(name), "is no member of a backup");
            }
        }
        require(backup, "format", Json.of(FORMAT), "must be \"" + FORMAT + "\"");
        require(
                backup,
                "experience",
                Json.of(experience(world).value()),
                "is another experience, or none");
        require(backup, "user", user(world), "is not whose world this is");
        return state(backup);
    }

    private static WorldState state(JsonObject backup) {
        Pointer place = Pointer.of("state");
        if (!(backup.get("state") instanceof JsonObject json)) {
            throw invalid(place, "must be an object");
        }
        WorldState state;
        try {
            state = StateJson.read(json);
        } catch (IllegalArgumentException wrong) {
            throw invalid(place, String.valueOf(wrong.getMessage()));
        }
        if (!StateJson.write(state).equals(json)) {
            throw invalid(place, "holds more than a state has");
        }
        check(state, state.shared(), place.child("shared"));
        if (state.authored() != null) {
            check(state, state.authored(), place.child("authored"));
        }
        state.players()
                .forEach((user, own) -> check(state, own, place.child("players").child(user)));
        return state;
    }

    private static void check(WorldState state, Document document, Pointer place) {
        if (document.revision() < 0 || document.revision() > state.revision()) {
            throw invalid(place.child("revision"), "is none that the world had");
        }
    }

    private static void require(JsonObject backup, String name, Json value, String reason) {
        if (!value.equals(backup.get(name))) {
            throw invalid(Pointer.of(name), reason);
        }
    }

    private static ExperienceId experience(WorldId world) {
        return switch (world) {
            case WorldId.Shared(ExperienceId experience) -> experience;
            case WorldId.Isolated(ExperienceId experience, UserId _) -> experience;
            case WorldId.Profile _ -> throw new IllegalArgumentException("a profile is no world");
        };
    }

    private static Json user(WorldId world) {
        return world instanceof WorldId.Isolated(var _, UserId owner)
                ? Json.of(owner.value())
                : JsonNull.NULL;
    }

    private static InvalidRequestException invalid(Pointer place, String reason) {
        return new InvalidRequestException(ErrorCode.INVALID_REQUEST, place, reason);
    }
}
