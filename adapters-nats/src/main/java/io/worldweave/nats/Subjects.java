package io.worldweave.nats;

import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.user.UserToken;
import io.worldweave.domain.world.WorldId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names under which nodes speak. Whatever is not ours in them is one token of harmless
 * characters: an experience's id by its form, a user's id by {@link UserToken}.
 */
final class Subjects {
    /** Where a node tells that it serves now. */
    static final String READY = "gaia.service.ready";

    /** Where a node tells again and again how it is. */
    static final String HEALTH = "gaia.service.health";

    /** Where services alone may publish. */
    private static final String DELTA = "worldweave.delta.";

    private static final String PRESENCE = "worldweave.presence.";

    private static final String TURN = "worldweave.turn.";

    /** Where others publish too. */
    private static final String USER = "world.updates.user.";

    /** No experience can be called so: ids begin with a letter or a digit. */
    private static final String PROFILE = "_profile.";

    /** Tokens with dots between them, without wildcards and white space. */
    private static final Pattern LITERAL = Pattern.compile("[^.*>\\s]+(\\.[^.*>\\s]+)*");

    private Subjects() {}

    /** Where is told what was committed to the world. */
    static String delta(WorldId world) {
        return DELTA + tokens(world);
    }

    /** Where is told who plays in the world. */
    static String presence(WorldId world) {
        return PRESENCE + tokens(world);
    }

    /** Where is told what the turn of a conversation says; its id is a token by its form. */
    static String turn(ConversationId conversation) {
        return TURN + conversation.value();
    }

    /** Where others speak to the user. */
    static String user(UserId user) {
        return USER + UserToken.encode(user);
    }

    /**
     * Where those speak to the user who write the id as it is; null if nobody can, or where they do
     * is another user's or the same place.
     */
    static @Nullable String rawUser(UserId user) {
        String id = user.value();
        return LITERAL.matcher(id).matches() && !isToken(id) ? USER + id : null;
    }

    private static boolean isToken(String text) {
        try {
            UserToken.decode(text);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static String tokens(WorldId world) {
        return switch (world) {
            case WorldId.Shared shared -> shared.experience().value();
            case WorldId.Isolated isolated ->
                    isolated.experience().value() + "." + UserToken.encode(isolated.owner());
            case WorldId.Profile profile -> PROFILE + UserToken.encode(profile.owner());
        };
    }
}
