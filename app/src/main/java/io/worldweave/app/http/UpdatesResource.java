package io.worldweave.app.http;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.play.Published;
import io.worldweave.domain.play.Publishers;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.world.Rejection;
import io.worldweave.wire.ErrorCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Updates that game servers and tools write to a world. */
@Dependent
@Path("/experiences/{id}/updates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Updates")
public class UpdatesResource {
    @Inject Players players;
    @Inject Publishers publishers;
    @Inject Installed installed;
    @Inject Bodies bodies;
    @Context SecurityContext security;
    @Context HttpHeaders headers;

    /**
     * What became of an update.
     *
     * @param revision of the world that shows it
     * @param changed false if the world was so before
     */
    public record Answer(long revision, boolean changed) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Merges an update into the shared document; for publishers and admins",
            description =
                    "A nested object is merged in; {\"$append\": item} adds to an array and"
                            + " {\"$remove\": {\"instance_id\": …}} takes from it.")
    @APIResponse(responseCode = "200", description = "The world is as the update wants it")
    @APIResponse(responseCode = "412", description = "If-Match names another version")
    @APIResponse(responseCode = "422", description = "It cannot be applied; nothing changed")
    public Answer update(
            @PathParam("id") String id,
            @Parameter(description = "Whose copy of an isolated world; for admins")
                    @QueryParam("user")
                    @Nullable String user,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            InputStream body) {
        Identity caller = Caller.of(security);
        Experience experience = installed.find(id);
        if (!caller.mayPublish()) {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN, "Only publishers and admins may write to a world.");
        }
        LiveWorld world = players.world(experience, Caller.meant(caller, user));
        TagCondition condition = TagCondition.of(HttpHeaders.IF_MATCH, ifMatch);
        JsonObject update = bodies.object(headers, body);
        Published published =
                publishers.publish(
                        experience,
                        world,
                        caller.user(),
                        update,
                        state ->
                                condition == null
                                        || condition.namesStrongly(Tags.of(state, state.shared())));
        return switch (published) {
            case Published.Done(var position, boolean changed) ->
                    new Answer(position.revision(), changed);
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
