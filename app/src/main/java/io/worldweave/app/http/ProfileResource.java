package io.worldweave.app.http;

import io.worldweave.domain.play.Players;
import io.worldweave.domain.world.WorldState;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What players keep across experiences. */
@Dependent
@Path("/profile")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "State")
public class ProfileResource {
    @Inject Players players;
    @Context SecurityContext security;
    @Context HttpHeaders headers;

    @GET
    @Operation(summary = "What the caller keeps across experiences")
    @APIResponse(responseCode = "200", description = "The document itself; ETag names its version")
    @APIResponse(responseCode = "304", description = "The caller has it (If-None-Match)")
    public Response profile() {
        WorldState state = players.profile(Caller.of(security).user()).head();
        return Tags.answer(headers, state, state.shared());
    }
}
