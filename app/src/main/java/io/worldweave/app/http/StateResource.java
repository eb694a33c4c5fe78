package io.worldweave.app.http;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.PlainJson;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.patch.MergePatch;
import io.worldweave.domain.patch.Patch;
import io.worldweave.domain.play.Custodians;
import io.worldweave.domain.play.Past;
import io.worldweave.domain.play.Update;
import io.worldweave.domain.play.Writing;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.JsonMediaType;
import io.worldweave.wire.PatchRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The shared documents of worlds as they are now, each with its entity tag. */
@Dependent
@Path("/experiences/{id}/state")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "State")
public class StateResource {
    @Inject KnownWorlds worlds;
    @Inject Custodians custodians;
    @Inject Installed installed;
    @Inject WorldWriter writer;
    @Inject Bodies bodies;
    @Context SecurityContext security;
    @Context HttpHeaders headers;
    @Context UriInfo uri;

    @GET
    @Operation(
            summary = "The shared document of a world; of an isolated one, the caller's own copy")
    @APIResponse(responseCode = "200", description = "The document itself; ETag names its version")
    @APIResponse(responseCode = "304", description = "The caller has it (If-None-Match)")
    @APIResponse(responseCode = "404", description = "Nothing is there, or the user has no copy")
    @APIResponse(responseCode = "410", description = "That revision is not kept any more")
    public Response state(
            @PathParam("id") String id,
            @Parameter(description = "A JSON Pointer to the part of it that is wanted")
                    @QueryParam("path")
                    @Nullable String path,
            @Parameter(description = "The revision that is wanted, if not the present one")
                    @QueryParam("at")
                    @Nullable String at,
            @Parameter(description = "Whose copy of an isolated world; for admins")
                    @QueryParam("user")
                    @Nullable String user) {
        Identity caller = Caller.of(security);
        Experience experience = installed.find(id);
        LiveWorld world = worlds.find(caller, experience, user);
        if (!experience.showsWorldTo(caller)) {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN, "Players of this experience see their zone only.");
        }
        Pointer pointer = pointer(path);
        WorldState state = at == null ? world.head() : past(world, Revisions.parse("at", at));
        Json value = PlainJson.at(state.shared().content(), pointer);
        if (value == null) {
            throw new ProblemException(
                    ErrorCode.NOT_FOUND, "In the document nothing is at " + pointer + ".");
        }
        return Tags.answer(headers, Tags.of(state, state.shared()), value);
    }

    private WorldState past(LiveWorld world, long revision) {
        return switch (custodians.at(world, revision)) {
            case Past.State(WorldState state) -> state;
            case Past.Unknown unknown -> throw Revisions.unknown(revision, unknown);
            case Past.Deltas _ -> throw new IllegalStateException("deltas are no state");
        };
    }

    private static Pointer pointer(@Nullable String path) {
        try {
            return path == null ? Pointer.ROOT : Pointer.parse(path);
        } catch (IllegalArgumentException wrong) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST, "path is wrong: " + wrong.getMessage() + ".");
        }
    }

    @PATCH
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Patches the shared document; for publishers and admins",
            description =
                    "JSON Patch (RFC 6902) or JSON Merge Patch (RFC 7396), exactly as they are"
                            + " written; an index names an item by its place in what GET shows.")
    @RequestBody(
            content = {
                @Content(mediaType = JsonMediaType.PATCH),
                @Content(mediaType = JsonMediaType.MERGE_PATCH)
            })
    @APIResponse(responseCode = "200", description = "The document is as the patch wants it")
    @APIResponse(responseCode = "409", description = "A test of the patch failed")
    @APIResponse(responseCode = "412", description = "If-Match names another version")
    @APIResponse(responseCode = "415", description = "Accept-Patch says what a patch may be")
    @APIResponse(responseCode = "422", description = "It cannot be applied; nothing changed")
    @APIResponse(responseCode = "428", description = "The experience asks for If-Match")
    public Response patch(
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
        Experience experience = installed.find(id);
        Writing writing = writer.writing(caller, experience, user, ifMatch);
        Body body = bodies.patch(headers, stream);
        if (ifMatch == null && experience.asksForVersions()) {
            throw new ProblemException(
                    ErrorCode.PRECONDITION_REQUIRED,
                    "A patch of this experience says in If-Match which version it is made for.");
        }
        Patch patch =
                body.type().equals(JsonMediaType.PATCH)
                        ? PatchRequest.of(body.value())
                        : new MergePatch(body.value());
        return writer.write(
                writing,
                new Update.Patched(patch),
                RequestKey.of(headers, uri, caller.user(), body));
    }
}
