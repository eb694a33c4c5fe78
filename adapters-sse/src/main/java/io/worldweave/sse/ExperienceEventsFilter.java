package io.worldweave.sse;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Experiences;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.View;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.domain.weave.Subscriptions;
import io.worldweave.domain.weave.Subscriptions.Opened;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.wire.Bell;
import io.worldweave.wire.CursorToken;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.WireVersion;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The persistent stream of an experience's world, {@code GET /experiences/{id}/events}: what the
 * caller's view shows, then what changes in it, for ever.
 *
 * <p>Thread-safe. It answers exactly that address and lets every other pass.
 */
public class ExperienceEventsFilter extends HttpFilter {
    private static final Pattern ADDRESS = Pattern.compile("/experiences/([^/]*)/events");

    @Serial private static final long serialVersionUID = 1L;

    @Inject transient Experiences experiences;
    @Inject transient Players players;
    @Inject transient Subscriptions subscriptions;
    @Inject transient CursorToken tokens;
    @Inject transient EventStreams streams;

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path =
                request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        Matcher address = ADDRESS.matcher(path);
        if (address.matches()) {
            new Exchange(request, response, streams)
                    .answer(caller -> watch(address.group(1), caller, request));
        } else {
            chain.doFilter(request, response);
        }
    }

    private Reply watch(String id, Identity caller, HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return new Reply.NotAllowed("GET");
        }
        String user = request.getParameter("user");
        if (user != null && !user.equals(caller.user().value())) {
            return new Reply.Refused(
                    ErrorCode.FORBIDDEN,
                    "a stream of events is the caller's own, and nobody else's");
        }
        if (!MediaTypes.admitsEvents(request.getHeaders("Accept"))) {
            return new Reply.Refused(ErrorCode.NOT_ACCEPTABLE, "there is only text/event-stream");
        }
        WireVersion version = StreamRequest.version(request);
        if (version == null) {
            return new Reply.Refused(ErrorCode.INVALID_REQUEST, StreamRequest.VERSIONS);
        }
        Experience experience;
        try {
            experience = experiences.find(new ExperienceId(id));
        } catch (IllegalArgumentException notOne) {
            return new Reply.Refused(ErrorCode.INVALID_ID, String.valueOf(notOne.getMessage()));
        }
        if (experience == null) {
            return new Reply.Refused(ErrorCode.UNKNOWN_EXPERIENCE, "there is no " + id);
        }
        boolean showsWorld = experience.showsWorldTo(caller);
        View world = new View.World(caller.user());
        View zone = new View.Zone(caller.user());
        String asked = request.getParameter("view");
        String view = asked == null ? (showsWorld ? world : zone).name() : asked;
        if (view.equals(zone.name())) {
            return watch(experience, zone, version, request);
        }
        if (!view.equals(world.name())) {
            return new Reply.Refused(ErrorCode.INVALID_REQUEST, "the views are: world, zone");
        }
        return showsWorld
                ? watch(experience, world, version, request)
                : new Reply.Refused(
                        ErrorCode.FORBIDDEN, "players of this experience see their zone only");
    }

    private Reply watch(
            Experience experience, View view, WireVersion version, HttpServletRequest request) {
        LiveWorld world = players.enter(experience, view.viewer());
        Bell bell = new Bell();
        Cursor cursor = StreamRequest.cursor(request, tokens);
        return switch (subscriptions.watch(world, view, cursor, bell)) {
            case Opened.Open(Subscription subscription) ->
                    new Reply.Events(
                            new EventStream(subscription, bell, new EventText(version, tokens)));
            case Opened.TooMany(String reason) ->
                    new Reply.Refused(ErrorCode.TOO_MANY_STREAMS, reason);
            case Opened.Stopping _ -> Reply.Refused.stopping();
        };
    }
}
