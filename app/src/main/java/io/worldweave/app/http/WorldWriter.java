package io.worldweave.app.http;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.play.Keyed;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.play.Published;
import io.worldweave.domain.play.Publishers;
import io.worldweave.domain.play.Update;
import io.worldweave.domain.play.Writing;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.world.Rejection;
import io.worldweave.wire.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * Writes to shared documents for those who may, and says what became of it.
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
public class WorldWriter {
    @Inject Players players;
    @Inject Publishers publishers;

    /**
     * Returns what the caller may write to, or throws why it may not.
     *
     * @param user whose copy of an isolated world; null for the caller's own
     * @param ifMatch the header, or null
     */
    Writing writing(
            Identity caller,
            Experience experience,
            @Nullable String user,
            @Nullable String ifMatch) {
        if (!caller.mayPublish()) {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN, "Only publishers and admins may write to a world.");
        }
        TagCondition condition = TagCondition.of(HttpHeaders.IF_MATCH, ifMatch);
        return new Writing(
                experience,
                players.world(experience, Caller.meant(caller, user)),
                caller.user(),
                state ->
                        condition == null
                                || condition.namesStrongly(Tags.of(state, state.shared())));
    }

    /** Publishes the update, unless it repeats what was published before under the key. */
    Response write(Writing writing, Update update, @Nullable RequestKey key) {
        if (key == null) {
            return answer(publishers.publish(writing, update)).response();
        }
        Keyed<Published> request = key.keyed(WorldWriter::answer);
        return RequestKey.answer(
                publishers.publishOnce(writing, update, request), WorldWriter::answer);
    }

    private static Answer answer(Published published) {
        return switch (published) {
            case Published.Done(var position, var document, boolean changed) ->
                    new Answer(
                            Response.Status.OK.getStatusCode(),
                            Tags.text(Tags.of(document)),
                            JsonObject.of(
                                    "revision",
                                    Json.of(position.revision()),
                                    "changed",
                                    Json.of(changed)));
            case Published.Outdated() ->
                    throw new ProblemException(
                            ErrorCode.PRECONDITION_FAILED,
                            "The document is not at the version that If-Match names.");
            case Published.Refused(Rejection rejection) -> throw new ProblemException(rejection);
            case Published.Reserved(var pointer) ->
                    throw new ProblemException(
                            ErrorCode.RESERVED_MEMBER,
                            pointer + " is written by the service alone.");
        };
    }
}
