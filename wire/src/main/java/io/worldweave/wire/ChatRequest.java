package io.worldweave.wire;

import io.worldweave.domain.command.Request;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.world.ExperienceId;
import org.jspecify.annotations.Nullable;

/**
 * What a player says, and how the answer is wanted.
 *
 * @param message not blank, at most {@link Request.Spoken#LENGTH_LIMIT} characters
 * @param stream whether the answer is a stream of events, or one document
 * @param experience null for the default one
 * @param conversation null for a new one
 */
public record ChatRequest(
        String message,
        boolean stream,
        @Nullable ExperienceId experience,
        @Nullable ConversationId conversation) {

    /**
     * Returns the request that {@code body} holds, or throws {@link InvalidRequestException}.
     * Members that are not known are ignored, a {@code user_id} among them: who speaks is known
     * from the credentials alone.
     */
    public static ChatRequest of(JsonObject body) {
        RequestBody members = new RequestBody(body);
        return new ChatRequest(
                members.text("message", Request.Spoken.LENGTH_LIMIT),
                members.flag("stream", false),
                members.id("experience", ExperienceId::new),
                members.id("conversation_id", ConversationId::new));
    }
}
