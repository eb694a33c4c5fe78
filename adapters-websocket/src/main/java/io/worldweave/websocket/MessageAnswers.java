package io.worldweave.websocket;

import io.worldweave.domain.command.CommandSchemas;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.play.Acted;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.time.Rate;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.Turns;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.weave.CloseReason;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.zone.Coordinates;
import io.worldweave.wire.ActionResponseJson;
import io.worldweave.wire.ClientMessage;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.SessionErrorCode;
import io.worldweave.wire.SessionJson;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers the messages of one client, one after another, on the container's thread. That may block
 * while a world is written: the client's next message then waits, and nobody else's.
 */
final class MessageAnswers {
    private static final Logger LOG = System.getLogger(MessageAnswers.class.getName());

    private final Identity player;
    private final ExperienceId experience;
    private final Game game;
    private final Subscription subscription;
    private final Outbox outbox;
    private final Rate rate;

    MessageAnswers(
            Identity player,
            ExperienceId experience,
            Game game,
            Subscription subscription,
            Outbox outbox,
            Rate rate) {
        this.player = player;
        this.experience = experience;
        this.game = game;
        this.subscription = subscription;
        this.outbox = outbox;
        this.rate = rate;
    }

    /** Answers a message, or what kept it from being done. */
    void answer(ClientMessage message) {
        if (!rate.admits()) {
            refuse(ErrorCode.TOO_MANY_REQUESTS, "messages come too fast", null);
            return;
        }
        try {
            act(message);
        } catch (StoreUnavailableException away) {
            LOG.log(Level.WARNING, "the store is unavailable", away);
            refuse(
                    ErrorCode.STORE_UNAVAILABLE,
                    "the world cannot be reached; try again",
                    conversation(message));
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "a message could not be answered", failure);
            refuse(ErrorCode.INTERNAL, "the failure was logged", conversation(message));
        }
    }

    private void act(ClientMessage message) {
        switch (message) {
            case ClientMessage.Refused refused -> send(SessionJson.error(refused, now()));
            case ClientMessage.Ping ping -> send(SessionJson.pong(ping));
            case ClientMessage.GetCommands() ->
                    send(SessionJson.commandsSchema(CommandSchemas.of(content(), player), now()));
            case ClientMessage.Act(Request request) -> act(request);
            case ClientMessage.Chat chat -> chat(chat);
            case ClientMessage.Stop(ConversationId conversation) -> stop(conversation);
            case ClientMessage.UpdateLocation(Coordinates at) -> locate(at);
        }
    }

    /** The stream tells where the player is by now. */
    private void locate(Coordinates at) {
        outbox.hold();
        try {
            subscription.refresh(game.travellers().locate(content(), player.user(), at));
        } finally {
            outbox.release();
        }
    }

    /** The answer goes before the update that the action causes. */
    private void act(Request request) {
        outbox.hold();
        try {
            Acted acted = game.players().act(content(), player, request);
            send(ActionResponseJson.of(acted.result(), request, now()));
        } finally {
            outbox.release();
        }
    }

    private void chat(ClientMessage.Chat chat) {
        if (subscription.isFull()) {
            refuseMoreTurns(chat.conversation());
            return;
        }
        List<Turn> told = subscription.turns();
        Request.Spoken message = new Request.Spoken(chat.text());
        switch (game.turns().begin(content(), player, chat.conversation(), message)) {
            case Turns.Begun.Running(Turn turn, Runnable work) -> {
                subscription.add(turn);
                Thread.ofVirtual()
                        .name("turn-" + turn.conversation())
                        .uncaughtExceptionHandler(MessageAnswers::failed)
                        .start(work);
            }
            case Turns.Begun.InProgress(Turn turn) -> {
                refuse(
                        ErrorCode.TURN_IN_PROGRESS,
                        "a turn of this conversation runs; wait for it or stop it",
                        chat.conversation());
                takeUp(turn, told);
            }
            case Turns.Begun.NotYours() -> refuseForeign(chat.conversation());
            case Turns.Begun.TooMany(String reason) ->
                    refuse(ErrorCode.TOO_MANY_REQUESTS, reason, chat.conversation());
        }
    }

    /**
     * Tells of a running turn from its beginning, unless it was told of already when it was asked
     * for: the connection on which it began may have broken before there was a cursor of it.
     */
    private void takeUp(Turn turn, List<Turn> told) {
        if (!told.contains(turn) && subscription.showsWorldOf(turn)) {
            subscription.add(turn);
        }
    }

    private void stop(ConversationId conversation) {
        switch (game.turns().find(conversation, player.user())) {
            case Turns.Found.Latest(Turn turn)
                    when subscription.isFull() && !subscription.turns().contains(turn) ->
                    refuseMoreTurns(conversation);
            case Turns.Found.Latest(Turn turn) -> {
                if (!subscription.stop(turn)) {
                    refuse(ErrorCode.NOT_FOUND, "no turn of this conversation runs", conversation);
                }
            }
            case Turns.Found.NotYours() -> refuseForeign(conversation);
            case Turns.Found.Unknown() ->
                    refuse(
                            ErrorCode.UNKNOWN_CONVERSATION,
                            "the conversation never was, or it ended too long ago",
                            conversation);
        }
    }

    private void refuseMoreTurns(@Nullable ConversationId conversation) {
        refuse(
                ErrorCode.TOO_MANY_REQUESTS,
                "the session has "
                        + Cursor.TURNS_LIMIT
                        + " turns to tell of; take the end of one first",
                conversation);
    }

    private void refuseForeign(@Nullable ConversationId conversation) {
        refuse(ErrorCode.FORBIDDEN, "the conversation is not yours", conversation);
    }

    /**
     * Answers that a message could not be acted on.
     *
     * @param reason which of the catalogue it is, for programs
     */
    private void refuse(ErrorCode reason, String sentence, @Nullable ConversationId conversation) {
        JsonObject error =
                SessionJson.error(SessionErrorCode.PROCESSING_ERROR, sentence, now())
                        .with("reason", Json.of(reason.code()));
        send(
                conversation == null
                        ? error
                        : error.with("conversation_id", Json.of(conversation.value())));
    }

    private static @Nullable ConversationId conversation(ClientMessage message) {
        return message instanceof ClientMessage.Chat chat ? chat.conversation() : null;
    }

    /** Returns the experience as it is now: its authors may have edited it. */
    private Experience content() {
        Experience found = game.experiences().find(experience);
        if (found == null) {
            throw new IllegalStateException("the experience is gone: " + experience);
        }
        return found;
    }

    private long now() {
        return game.clock().unixMillis();
    }

    private void send(JsonObject message) {
        if (!outbox.offer(SessionText.of(message))) {
            subscription.close(CloseReason.STALLED);
        }
    }

    private static void failed(Thread thread, Throwable failure) {
        LOG.log(Level.ERROR, "a turn failed", failure);
    }
}
