package io.worldweave.sse;

import io.worldweave.domain.live.View;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.domain.weave.Subscriptions;
import io.worldweave.domain.weave.Subscriptions.Opened;
import io.worldweave.wire.Bell;
import io.worldweave.wire.ErrorCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Opens the streams of turns.
 *
 * <p>Thread-safe.
 */
@Dependent
class TurnStreams {
    private static final Logger LOG = System.getLogger(TurnStreams.class.getName());

    @Inject Subscriptions subscriptions;

    /**
     * Sets a turn that has just begun to work, and replies with what it says.
     *
     * @param work what the turn is to do; it does it on a thread of its own, for it may block, and
     *     must be done when nobody is there any more to read of it (I8)
     * @param stream whether the client wants events as they come, or all in one document
     */
    Reply begun(Turn turn, View view, Runnable work, boolean stream, EventText text) {
        Bell bell = new Bell();
        return switch (subscriptions.follow(turn, view, null, bell)) {
            case Opened.Open(Subscription subscription) -> {
                Thread.ofVirtual()
                        .name("turn-" + turn.conversation())
                        .uncaughtExceptionHandler(TurnStreams::failed)
                        .start(work);
                yield stream
                        ? new Reply.Events(new EventStream(subscription, bell, text))
                        : new Reply.Whole(
                                new GatheredTurn(turn.conversation(), subscription, bell, text));
            }
            case Opened.TooMany(String reason) -> {
                turn.stop();
                yield new Reply.Refused(ErrorCode.TOO_MANY_STREAMS, reason);
            }
            case Opened.Stopping _ -> {
                turn.stop();
                yield Reply.Refused.stopping();
            }
        };
    }

    /** Replies with what the turn has said and will say after {@code cursor}, or all of it. */
    Reply resumed(Turn turn, View view, @Nullable Cursor cursor, EventText text) {
        Bell bell = new Bell();
        return switch (subscriptions.follow(turn, view, cursor, bell)) {
            case Opened.Open(Subscription subscription) when subscription.isOver() -> {
                subscription.close();
                yield new Reply.NothingMore();
            }
            case Opened.Open(Subscription subscription) ->
                    new Reply.Events(new EventStream(subscription, bell, text));
            case Opened.TooMany(String reason) ->
                    new Reply.Refused(ErrorCode.TOO_MANY_STREAMS, reason);
            case Opened.Stopping _ -> Reply.Refused.stopping();
        };
    }

    private static void failed(Thread thread, Throwable failure) {
        LOG.log(Level.ERROR, "a turn failed", failure);
    }
}
