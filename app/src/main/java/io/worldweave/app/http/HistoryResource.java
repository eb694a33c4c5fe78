package io.worldweave.app.http;

import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.play.Custodians;
import io.worldweave.domain.play.Past;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.HistoryJson;
import io.worldweave.wire.JsonWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was committed to the shared documents of worlds. */
@Dependent
@Path("/experiences/{id}/history")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "State")
public class HistoryResource {
    /** A page has at most so many deltas. */
    private static final int LIMIT = 1_000;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    @Inject Custodians custodians;
    @Inject KnownWorlds worlds;
    @Inject Installed installed;
    @Context SecurityContext security;

    @GET
    @Operation(
            summary = "The deltas of the shared document since a revision, oldest first",
            description =
                    "For publishers and admins. A page says in revision how far it goes; the next"
                            + " one begins there, until that is head.")
    @APIResponse(responseCode = "200", description = "A page; no delta is of a player's own part")
    @APIResponse(responseCode = "404", description = "There is no such revision yet")
    @APIResponse(responseCode = "410", description = "Not all since then is kept")
    public Response since(
            @PathParam("id") String id,
            @QueryParam("since") @Nullable String since,
            @Parameter(description = "The most deltas of a page, 1 to 1000")
                    @QueryParam("limit")
                    @DefaultValue("100")
                    String limit,
            @Parameter(description = "Whose copy of an isolated world; for admins")
                    @QueryParam("user")
                    @Nullable String user) {
        Identity caller = Caller.of(security);
        if (!caller.mayPublish()) {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN, "Only publishers and admins may read a world's history.");
        }
        if (since == null) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST, "since is missing: the revision to begin after.");
        }
        long revision = Revisions.parse("since", since);
        int most = limit(limit);
        LiveWorld world = worlds.find(caller, installed.find(id), user);
        return switch (custodians.since(world, revision)) {
            case Past.Deltas(List<Delta> deltas, Position head) ->
                    Response.ok(JsonWriter.compact(HistoryJson.page(revision, deltas, head, most)))
                            .header("Cache-Control", "no-store")
                            .build();
            case Past.Unknown unknown -> throw Revisions.unknown(revision, unknown);
            case Past.State _ -> throw new IllegalStateException("a state is no history");
        };
    }

    private static int limit(String text) {
        int limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LIMIT) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    "limit is a number from 1 to " + LIMIT + ", in digits.");
        }
        return limit;
    }
}
