package io.worldweave.app.http;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.WorldState;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What of a world is the caller's alone. */
@Dependent
@Path("/experiences/{id}/player")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "State")
public class PlayerResource {
    @Inject Players players;
    @Inject Installed installed;
    @Context SecurityContext security;
    @Context Request request;

    @GET
    @Operation(summary = "The caller's own part: place, inventory, quests; a new player enters")
    @APIResponse(responseCode = "200", description = "The document itself; ETag names its version")
    @APIResponse(responseCode = "304", description = "The caller has it (If-None-Match)")
    public Response player(@PathParam("id") String id) {
        Identity caller = Caller.of(security);
        Experience experience = installed.find(id);
        LiveWorld world = players.enter(experience, caller.user());
        WorldState state = world.head();
        Document own = state.own(caller.user());
        if (own == null) {
            throw new IllegalStateException(caller.user() + " entered and is not in " + world.id());
        }
        return Tags.answer(request, state, own);
    }
}
