package io.worldweave.app.http;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.play.Custodians;
import io.worldweave.domain.play.Restored;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.BackupJson;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.JsonWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whole worlds, for admins: to be kept elsewhere, to come back, to begin anew. */
@Dependent
@Path("/experiences/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class CustodyResource {
    @Inject Custodians custodians;
    @Inject KnownWorlds worlds;
    @Inject Installed installed;
    @Inject Bodies bodies;
    @Inject Scheduler clock;
    @Context SecurityContext security;
    @Context HttpHeaders headers;

    @GET
    @Path("backup")
    @Operation(summary = "All of a world as one document, players' own parts too; for admins")
    @APIResponse(responseCode = "200", description = "What restore takes")
    public Response backup(
            @PathParam("id") String id,
            @Parameter(description = "Whose copy of an isolated world") @QueryParam("user")
                    @Nullable String user) {
        LiveWorld world = worlds.find(admin(), installed.find(id), user);
        WorldState state = world.head();
        return Response.ok(
                        JsonWriter.compact(BackupJson.write(world.id(), state, clock.unixMillis())))
                .tag(Tags.of(state.position()))
                .header("Cache-Control", "no-store")
                .build();
    }

    @POST
    @Path("reset")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Begins a world anew, as its authors wrote it; for admins",
            description =
                    "Its players begin anew too; a new epoch begins, and open streams get a"
                            + " snapshot. What players keep across experiences stays.")
    @APIResponse(responseCode = "200", description = "Where the world begins")
    public Response reset(
            @PathParam("id") String id,
            @Parameter(description = "Whose copy of an isolated world") @QueryParam("user")
                    @Nullable String user) {
        Identity caller = admin();
        Experience experience = installed.find(id);
        LiveWorld world = worlds.find(caller, experience, user);
        return begun(custodians.reset(experience, world));
    }

    @POST
    @Path("restore")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Begins a world anew as it was when it was backed up; for admins",
            description = "A new epoch begins, and open streams get a snapshot.")
    @APIResponse(responseCode = "200", description = "Where the world begins")
    @APIResponse(responseCode = "400", description = "It is no backup of this world")
    @APIResponse(responseCode = "422", description = "It can be no world of this experience")
    public Response restore(
            @PathParam("id") String id,
            @Parameter(description = "Whose copy of an isolated world") @QueryParam("user")
                    @Nullable String user,
            InputStream stream) {
        Identity caller = admin();
        Experience experience = installed.find(id);
        LiveWorld world = worlds.find(caller, experience, user);
        WorldState state = BackupJson.read(world.id(), bodies.backup(headers, stream));
        return switch (custodians.restore(experience, world, state)) {
            case Restored.Done(Position begin) -> begun(begin);
            case Restored.Refused(Rejection rejection) -> throw new ProblemException(rejection);
        };
    }

    private Identity admin() {
        Identity caller = Caller.of(security);
        if (!caller.isAdmin()) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "This is for admins.");
        }
        return caller;
    }

    private static Response begun(Position begin) {
        JsonObject body =
                JsonObject.of(
                        "epoch", Json.of(begin.epoch()), "revision", Json.of(begin.revision()));
        return new Answer(Response.Status.OK.getStatusCode(), Tags.text(Tags.of(begin)), body)
                .response();
    }
}
