package io.worldweave.app.http;

import io.worldweave.domain.author.EditLog;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.wire.EditsJson;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.JsonWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What became of the edits that authors made while the service runs. */
@Dependent
@Path("/experiences/{id}/edits")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Experiences")
public class EditsResource {
    @Inject EditLog edits;
    @Inject Installed installed;
    @Context SecurityContext security;

    @GET
    @Operation(
            summary = "The last edits of the experience's files on this node; for admins",
            description =
                    "The latest first: what was merged into which world, what collided, or why"
                            + " what is written counts for nothing.")
    @APIResponse(responseCode = "200", description = "The edits")
    @APIResponse(responseCode = "403", description = "The caller is no admin")
    public Response edits(@PathParam("id") String id) {
        if (!Caller.of(security).isAdmin()) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "Only admins may see the edits.");
        }
        ExperienceId experience = installed.find(id).id();
        return Response.ok(JsonWriter.compact(EditsJson.of(experience, edits.of(experience))))
                .header("Cache-Control", "no-store")
                .build();
    }
}
