package io.worldweave.app.http;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.ErrorCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The shared documents of worlds as they are now, each with its entity tag. */
@Dependent
@Path("/experiences/{id}/state")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "State")
public class StateResource {
    @Inject Players players;
    @Inject Installed installed;
    @Context SecurityContext security;
    @Context HttpHeaders headers;

    @GET
    @Operation(
            summary = "The shared document of a world; of an isolated one, the caller's own copy")
    @APIResponse(responseCode = "200", description = "The document itself; ETag names its version")
    @APIResponse(responseCode = "404", description = "The named user has no copy")
    @APIResponse(responseCode = "304", description = "The caller has it (If-None-Match)")
    public Response state(
            @PathParam("id") String id,
            @Parameter(description = "Whose copy of an isolated world; for admins")
                    @QueryParam("user")
                    @Nullable String user) {
        Identity caller = Caller.of(security);
        UserId meant = Caller.meant(caller, user);
        Experience experience = installed.find(id);
        LiveWorld world =
                meant.equals(caller.user())
                        ? players.world(experience, meant)
                        : players.find(experience, meant);
        if (world == null) {
            throw new ProblemException(
                    ErrorCode.NOT_FOUND, "The user has no copy of this experience.");
        }
        if (!experience.showsWorldTo(caller)) {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN, "Players of this experience see their zone only.");
        }
        WorldState state = world.head();
        return Tags.answer(headers, state, state.shared());
    }
}
