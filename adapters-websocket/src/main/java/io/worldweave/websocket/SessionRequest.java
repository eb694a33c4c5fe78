package io.worldweave.websocket;

import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.View;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.InvalidRequestException;
import io.worldweave.wire.WireVersion;
import jakarta.websocket.Session;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for when it connects.
 *
 * @param cursor where it wants to go on, as it says it; null if it begins
 */
record SessionRequest(
        Identity player,
        ExperienceId experience,
        View view,
        WireVersion version,
        @Nullable String cursor) {

    /**
     * Returns what the query and the subprotocol say; throws {@link InvalidRequestException} if
     * that is nothing that can be had.
     */
    static SessionRequest of(Session socket, Identity player, ExperienceId standard) {
        Map<String, List<String>> query = socket.getRequestParameterMap();
        String experience = first(query, "experience");
        return new SessionRequest(
                player,
                experience == null ? standard : experience(experience),
                view(first(query, "view"), player.user()),
                version(first(query, "version"), socket.getNegotiatedSubprotocol()),
                first(query, "cursor"));
    }

    private static ExperienceId experience(String id) {
        try {
            return new ExperienceId(id);
        } catch (IllegalArgumentException notOne) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_ID,
                    Pointer.of("experience"),
                    String.valueOf(notOne.getMessage()));
        }
    }

    private static View view(@Nullable String name, UserId user) {
        return switch (Objects.requireNonNullElse(name, "zone")) {
            case "zone" -> new View.Zone(user);
            case "world" -> new View.World(user);
            default -> throw invalid("view", "is zone or world");
        };
    }

    /** The query counts before the subprotocol. */
    private static WireVersion version(@Nullable String number, @Nullable String subprotocol) {
        if (number == null) {
            return Subprotocols.version(subprotocol);
        }
        WireVersion version = WireVersion.of(number);
        if (version == null) {
            throw invalid("version", "is 0.4 or 0.3");
        }
        return version;
    }

    private static InvalidRequestException invalid(String member, String reason) {
        return new InvalidRequestException(ErrorCode.INVALID_REQUEST, Pointer.of(member), reason);
    }

    private static @Nullable String first(Map<String, List<String>> query, String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }
}
