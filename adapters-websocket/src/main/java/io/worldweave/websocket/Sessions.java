package io.worldweave.websocket;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Experiences;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.View;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.play.Travellers;
import io.worldweave.domain.presence.Presences;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.time.Rate;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnPosition;
import io.worldweave.domain.turn.Turns;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.domain.weave.Subscriptions;
import io.worldweave.domain.weave.Subscriptions.Opened;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.wire.Bell;
import io.worldweave.wire.CursorToken;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.InvalidRequestException;
import io.worldweave.wire.SessionFrameJson;
import io.worldweave.wire.SessionJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions and keeps their writers, each of which has a virtual thread of its own.
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
public class Sessions {
    private static final Logger LOG = System.getLogger(Sessions.class.getName());

    @Inject Experiences experiences;
    @Inject Players players;
    @Inject Travellers travellers;
    @Inject Turns turns;
    @Inject Subscriptions subscriptions;
    @Inject Presences presences;
    @Inject CursorToken tokens;
    @Inject Scheduler clock;
    @Inject SessionLimits limits;
    @Inject Writers writers;

    @Inject
    @ConfigProperty(name = "worldweave.experience.default")
    String defaultExperience;

    SessionLimits limits() {
        return limits;
    }

    /**
     * Opens the session that a socket asks for. If it cannot be had, the socket is told so and
     * closed, and the answer is null. Blocks while the store answers.
     */
    @Nullable PlayerSession open(Session socket) {
        Outlet outlet = new Outlet(socket, limits.write());
        Identity player = Handshake.identity(socket);
        if (player == null) {
            return refuse(outlet, ErrorCode.UNAUTHENTICATED, "nobody vouches for the caller");
        }
        try {
            return open(
                    SessionRequest.of(socket, player, new ExperienceId(defaultExperience)),
                    socket.getId(),
                    outlet);
        } catch (InvalidRequestException invalid) {
            return refuse(outlet, invalid.code(), String.valueOf(invalid.getMessage()));
        } catch (StoreUnavailableException away) {
            LOG.log(Level.WARNING, "the store is unavailable", away);
            return refuse(outlet, ErrorCode.STORE_UNAVAILABLE, "the world cannot be reached");
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "a session could not be opened", failure);
            return refuse(outlet, ErrorCode.INTERNAL, "the failure was logged");
        }
    }

    private @Nullable PlayerSession open(SessionRequest request, String connection, Outlet outlet) {
        Experience experience = experiences.find(request.experience());
        if (experience == null) {
            return refuse(
                    outlet, ErrorCode.UNKNOWN_EXPERIENCE, "there is no " + request.experience());
        }
        if (request.view() instanceof View.World && !experience.showsWorldTo(request.player())) {
            return refuse(
                    outlet, ErrorCode.FORBIDDEN, "players of this experience see their zone only");
        }
        LiveWorld world = players.enter(experience, request.player().user());
        Bell bell = new Bell();
        Cursor cursor = request.cursor() == null ? null : tokens.decode(request.cursor());
        return switch (subscriptions.watch(world, request.view(), cursor, bell)) {
            case Opened.Open(Subscription subscription) ->
                    begin(
                            request,
                            experience,
                            connection,
                            goOn(subscription, cursor),
                            bell,
                            outlet);
            case Opened.TooMany(String reason) ->
                    refuse(outlet, ErrorCode.TOO_MANY_STREAMS, reason);
            case Opened.Stopping _ ->
                    refuse(outlet, ErrorCode.SHUTTING_DOWN, "the service is stopping");
        };
    }

    /** Adds the turns that the client was being told of when its last stream broke off. */
    private Subscription goOn(Subscription subscription, @Nullable Cursor cursor) {
        if (cursor != null) {
            for (TurnPosition at : cursor.turns()) {
                if (turns.find(at.conversation(), subscription.user())
                                instanceof Turns.Found.Latest(Turn turn)
                        && turn.number() == at.turn()) {
                    subscription.add(turn, cursor);
                }
            }
        }
        return subscription;
    }

    private PlayerSession begin(
            SessionRequest request,
            Experience experience,
            String connection,
            Subscription subscription,
            Bell bell,
            Outlet outlet) {
        if (experience.playersMeet()) {
            subscription.attend(presences);
        }
        Outbox outbox = new Outbox(limits.replies(), bell);
        Liveness liveness = new Liveness(limits, clock::nanoTime);
        outbox.offer(
                SessionText.of(
                        SessionJson.connected(
                                connection,
                                request.player().user(),
                                experience.id(),
                                clock.unixMillis(),
                                "Welcome to " + experience.name())));
        writers.write(
                new SessionWriter(
                        subscription,
                        outbox,
                        bell,
                        new SessionFrameJson(request.version(), tokens),
                        liveness,
                        outlet),
                outlet);
        return new PlayerSession(
                subscription,
                new MessageAnswers(
                        request.player(),
                        experience.id(),
                        new Game(experiences, players, travellers, turns, clock),
                        subscription,
                        outbox,
                        new Rate(limits.messagesPerSecond(), clock)),
                liveness);
    }

    private @Nullable PlayerSession refuse(Outlet outlet, ErrorCode reason, String sentence) {
        try {
            outlet.send(SessionText.of(SessionJson.closing(reason, sentence)));
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "a client had gone: {0}", gone.getMessage());
        }
        outlet.close(reason);
        return null;
    }
}
