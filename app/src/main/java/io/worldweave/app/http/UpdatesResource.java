package io.worldweave.app.http;

import io.worldweave.domain.play.Update;
import io.worldweave.domain.play.Writing;
import io.worldweave.domain.user.Identity;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
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
    @Inject WorldWriter writer;
    @Inject Installed installed;
    @Inject Bodies bodies;
    @Context SecurityContext security;
    @Context HttpHeaders headers;
    @Context UriInfo uri;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Merges an update into the shared document; for publishers and admins",
            description =
                    "A nested object is merged in; {\"$append\": item} adds to an array and"
                            + " {\"$remove\": {\"instance_id\": …}} takes from it.")
    @APIResponse(responseCode = "200", description = "The world is as the update wants it")
    @APIResponse(responseCode = "409", description = "The same request is not answered yet")
    @APIResponse(responseCode = "412", description = "If-Match names another version")
    @APIResponse(responseCode = "422", description = "It cannot be applied; nothing changed")
    public Response update(
            @PathParam("id") String id,
            @Parameter(description = "Whose copy of an isolated world; for admins")
                    @QueryParam("user")
                    @Nullable String user,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Parameter(description = "Makes a repetition of the request known as one")
                    @HeaderParam(RequestKey.HEADER)
                    @Nullable String key,
            InputStream stream) {
        Identity caller = Caller.of(security);
        Writing writing = writer.writing(caller, installed.find(id), user, ifMatch);
        Body body = bodies.json(headers, stream);
        return writer.write(
                writing,
                new Update.Merged(body.object()),
                RequestKey.of(headers, uri, caller.user(), body));
    }
}
