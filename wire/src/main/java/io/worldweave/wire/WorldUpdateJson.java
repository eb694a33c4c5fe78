package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.Projection;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes projections as {@code world_update}s; {@link WireVersion} says in which version. */
final class WorldUpdateJson {
    static final Projection.Encoder<Encoding> V0_4 = encoder(new ChangesV04Json());
    static final Projection.Encoder<Encoding> V0_3 = encoder(new ChangesV03Json());

    private WorldUpdateJson() {}

    private static Projection.Encoder<Encoding> encoder(ChangesJson changes) {
        return projection -> encode(projection, changes);
    }

    private static Encoding encode(Projection projection, ChangesJson changes) {
        try {
            List<ClientChange> told =
                    projection.changes().stream()
                            .flatMap(change -> ClientChange.of(change).stream())
                            .toList();
            return new Encoding.Encoded(update(projection, changes.of(told), changes));
        } catch (InexpressibleException inexpressible) {
            return new Encoding.Inexpressible(String.valueOf(inexpressible.getMessage()));
        }
    }

    private static EncodedUpdate update(Projection projection, Json changed, ChangesJson version) {
        WorldId world = projection.world();
        JsonObject before =
                JsonObject.of("type", Json.of("world_update"))
                        .with("version", Json.of(version.version().number()))
                        .with("experience", experience(world))
                        .with("user_id", user(projection.actor()));
        JsonObject after =
                JsonObject.of("changes", changed)
                        .with("timestamp", Json.of(projection.timestampMillis()))
                        .with(
                                "metadata",
                                JsonObject.of(
                                        "source",
                                        Json.of(projection.cause()),
                                        "state_model",
                                        Json.of(stateModel(world))));
        byte[] prefix = JsonWriter.compact(before);
        byte[] suffix = JsonWriter.compact(after);
        suffix[0] = ',';
        return new EncodedUpdate(withoutLast(prefix), withoutLast(suffix), version.versioned());
    }

    private static byte[] withoutLast(byte[] text) {
        return Arrays.copyOf(text, text.length - 1);
    }

    private static Json experience(WorldId world) {
        return switch (world) {
            case WorldId.Shared(ExperienceId experience) -> Json.of(experience.value());
            case WorldId.Isolated(ExperienceId experience, _) -> Json.of(experience.value());
            case WorldId.Profile _ -> JsonNull.NULL;
        };
    }

    private static String stateModel(WorldId world) {
        return switch (world) {
            case WorldId.Shared _ -> "shared";
            case WorldId.Isolated _, WorldId.Profile _ -> "isolated";
        };
    }

    private static Json user(@Nullable Actor actor) {
        return actor instanceof Actor.User user ? Json.of(user.id().value()) : JsonNull.NULL;
    }
}
