package io.worldweave.app.http;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.command.CommandSchemas;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.play.Acted;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.Identity;
import io.worldweave.wire.ActionRequest;
import io.worldweave.wire.ActionResponseJson;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.JsonWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Commands without narrative: what a player does, and what there is to do. */
@Dependent
@Path("/experiences/{id}/commands")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Commands")
public class CommandsResource {
    @Inject Players players;
    @Inject Installed installed;
    @Inject Bodies bodies;
    @Inject Scheduler clock;
    @Context SecurityContext security;
    @Context HttpHeaders headers;
    @Context UriInfo uri;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Does what an action message, or a player's own words, ask for")
    @APIResponse(responseCode = "200", description = "The action_response, a refusal included")
    @APIResponse(responseCode = "409", description = "The same request is not answered yet")
    @APIResponse(responseCode = "429", description = "The player does too much at once")
    public Response run(
            @PathParam("id") String id,
            @Parameter(description = "Makes a repetition of the request known as one")
                    @HeaderParam(RequestKey.HEADER)
                    @Nullable String idempotencyKey,
            InputStream stream) {
        Identity caller = Caller.of(security);
        Experience experience = installed.find(id);
        Body body = bodies.json(headers, stream);
        Request request = ActionRequest.of(body.object());
        RequestKey key = RequestKey.of(headers, uri, caller.user(), body);
        long now = clock.unixMillis();
        Function<Acted, Answer> answer =
                acted -> Answer.ok(ActionResponseJson.of(inTime(acted.result()), request, now));
        return key == null
                ? answer.apply(players.act(experience, caller, request)).response()
                : RequestKey.answer(
                        players.actOnce(experience, caller, request, key.keyed(answer)), answer);
    }

    private static ActionResult inTime(ActionResult result) {
        if (result.isTooSoon()) {
            throw new ProblemException(ErrorCode.TOO_MANY_REQUESTS, result.message());
        }
        return result;
    }

    @GET
    @Operation(summary = "JSON Schemas of the commands that the caller may use, by action name")
    public Response schemas(@PathParam("id") String id) {
        Identity caller = Caller.of(security);
        JsonObject schemas = CommandSchemas.of(installed.find(id), caller);
        return document(
                JsonObject.of("type", Json.of("commands_schema"))
                        .with("timestamp", Json.of(clock.unixMillis()))
                        .with("schema_version", Json.of("1.0"))
                        .with("commands", schemas));
    }

    private static Response document(JsonObject document) {
        return Response.ok(JsonWriter.compact(document))
                .header("Cache-Control", "no-store")
                .build();
    }
}
