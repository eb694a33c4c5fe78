package io.worldweave.sse;

import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Experiences;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.View;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.Turns;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;
import io.worldweave.wire.ChatRequest;
import io.worldweave.wire.CursorToken;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.JsonMediaType;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.ReadLimits;
import io.worldweave.wire.WireVersion;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Chat turns: {@code POST /chat/unified} begins one, {@code GET /chat/{conversation}/events} takes
 * it up again, {@code POST /chat/{conversation}/stop} ends it.
 *
 * <p>Thread-safe. A turn belongs to no request: it goes on when its client has gone (I8).
 */
public class ChatServlet extends HttpServlet {
    static final String UNIFIED = "/chat/unified";
    static final String ALIAS = "/api/v0.3/chat";

    private static final Pattern OF_CONVERSATION = Pattern.compile("/chat/([^/]+)/(events|stop)");

    @Serial private static final long serialVersionUID = 1L;

    @Inject transient Experiences experiences;
    @Inject transient Turns turns;
    @Inject transient TurnStreams turnStreams;
    @Inject transient CursorToken tokens;
    @Inject transient EventStreams streams;

    @Inject
    @ConfigProperty(name = "worldweave.experience.default", defaultValue = "wylding-woods")
    String defaultExperience;

    @Inject
    @ConfigProperty(name = "worldweave.body.max", defaultValue = "65536")
    int bodyLimit;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        new Exchange(request, response, streams).answer(caller -> route(caller, request));
    }

    private Reply route(Identity caller, HttpServletRequest request) throws IOException {
        String path =
                request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        if (path.equals(UNIFIED) || path.equals(ALIAS)) {
            return request.getMethod().equals("POST")
                    ? begin(caller, request)
                    : new Reply.NotAllowed("POST");
        }
        Matcher conversation = OF_CONVERSATION.matcher(path);
        if (!conversation.matches()) {
            return new Reply.Refused(ErrorCode.NOT_FOUND, "chat has no such address");
        }
        boolean stop = conversation.group(2).equals("stop");
        String method = stop ? "POST" : "GET";
        if (!request.getMethod().equals(method)) {
            return new Reply.NotAllowed(method);
        }
        ConversationId id;
        try {
            id = new ConversationId(conversation.group(1));
        } catch (IllegalArgumentException notOne) {
            return new Reply.Refused(ErrorCode.INVALID_ID, String.valueOf(notOne.getMessage()));
        }
        return switch (turns.find(id, caller.user())) {
            case Turns.Found.Latest(Turn turn) -> stop ? stop(turn) : resume(turn, caller, request);
            case Turns.Found.Unknown() ->
                    new Reply.Refused(
                            ErrorCode.UNKNOWN_CONVERSATION,
                            "it never was, or it ended too long ago");
            case Turns.Found.NotYours() ->
                    new Reply.Refused(ErrorCode.FORBIDDEN, "the conversation is not yours");
        };
    }

    private Reply begin(Identity caller, HttpServletRequest request) throws IOException {
        if (!JsonMediaType.admits(request.getContentType())) {
            return new Reply.Refused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, JsonMediaType.ONLY);
        }
        WireVersion version = StreamRequest.version(request);
        if (version == null) {
            return new Reply.Refused(ErrorCode.INVALID_REQUEST, StreamRequest.VERSIONS);
        }
        ChatRequest chat = ChatRequest.of(body(request));
        ExperienceId named = chat.experience();
        ExperienceId id = named == null ? new ExperienceId(defaultExperience) : named;
        Experience experience = experiences.find(id);
        if (experience == null) {
            return new Reply.Refused(ErrorCode.UNKNOWN_EXPERIENCE, "there is no " + id);
        }
        Request.Spoken message = new Request.Spoken(chat.message());
        return switch (turns.begin(experience, caller, chat.conversation(), message)) {
            case Turns.Begun.Running(Turn turn, Runnable work) ->
                    turnStreams.begun(
                            turn,
                            view(experience, caller),
                            work,
                            chat.stream(),
                            new EventText(version, tokens));
            case Turns.Begun.InProgress _ ->
                    new Reply.Refused(
                            ErrorCode.TURN_IN_PROGRESS, "wait for it, watch it or stop it");
            case Turns.Begun.NotYours() ->
                    new Reply.Refused(ErrorCode.FORBIDDEN, "the conversation is not yours");
            case Turns.Begun.TooMany(String reason) ->
                    new Reply.Refused(ErrorCode.TOO_MANY_REQUESTS, reason);
        };
    }

    /** Reads no more than the limit and one byte, whatever length the request claims to have. */
    private JsonObject body(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(bodyLimit + 1);
        return JsonReader.withLimits(ReadLimits.REQUEST.withBytes(bodyLimit)).readObject(bytes);
    }

    private Reply resume(Turn turn, Identity caller, HttpServletRequest request) {
        if (!MediaTypes.admitsEvents(request.getHeaders("Accept"))) {
            return new Reply.Refused(ErrorCode.NOT_ACCEPTABLE, "there is only text/event-stream");
        }
        WireVersion version = StreamRequest.version(request);
        if (version == null) {
            return new Reply.Refused(ErrorCode.INVALID_REQUEST, StreamRequest.VERSIONS);
        }
        Cursor cursor = StreamRequest.cursor(request, tokens);
        return turnStreams.resumed(
                turn, view(turn, caller, cursor), cursor, new EventText(version, tokens));
    }

    /** Returns the view of the stream that the cursor is of, if the caller may have it. */
    private View view(Turn turn, Identity caller, @Nullable Cursor cursor) {
        View zone = new View.Zone(caller.user());
        if (cursor != null && cursor.view().equals(zone.name())) {
            return zone;
        }
        Experience experience =
                switch (turn.world().id()) {
                    case WorldId.Shared(ExperienceId id) -> experiences.find(id);
                    case WorldId.Isolated(ExperienceId id, _) -> experiences.find(id);
                    case WorldId.Profile _ -> null;
                };
        return experience == null ? zone : view(experience, caller);
    }

    private static View view(Experience experience, Identity caller) {
        return experience.showsWorldTo(caller)
                ? new View.World(caller.user())
                : new View.Zone(caller.user());
    }

    private static Reply stop(Turn turn) {
        return new Reply.Done(
                JsonObject.of(
                        "conversation_id",
                        Json.of(turn.conversation().value()),
                        "stopped",
                        Json.of(turn.stop())));
    }
}
