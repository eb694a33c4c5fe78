package io.worldweave.sse;

import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.weave.Frame;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.wire.Bell;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.FrameJson;
import io.worldweave.wire.Utf8Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn in one document, from the very frames that a stream would have been given.
 *
 * <p>The turn's own limits bound what it says. World updates that meanwhile grow past {@link
 * #UPDATE_BYTES} are replaced by a snapshot at the place of the first of them: so the world still
 * comes before the words about it, and versions still form a chain.
 *
 * <p>Not thread-safe: its writer's, whose thread calls {@link #gather} once.
 */
final class GatheredTurn implements AutoCloseable {
    static final int UPDATE_BYTES = 1024 * 1024;

    private static final int INITIAL_BYTES = 512;

    private final ConversationId conversation;
    private final Subscription subscription;
    private final Bell bell;
    private final EventText text;
    private final List<Event> events = new ArrayList<>();
    private final StringBuilder content = new StringBuilder();
    private int updateBytes;
    private @Nullable Outcome outcome;

    /** The text of an event, and whether it is about the world. */
    private static final class Event {
        private final byte[] json;
        private final boolean world;

        Event(byte[] json, boolean world) {
            this.json = json;
            this.world = world;
        }
    }

    /** What came of gathering. */
    sealed interface Outcome {}

    /** The turn is over. */
    record Ended(Utf8Buffer document) implements Outcome {}

    /** The service ended the stream before the turn was over. */
    record Closed(ErrorCode code) implements Outcome {}

    /**
     * @param bell rung when the subscription may have something
     */
    GatheredTurn(
            ConversationId conversation, Subscription subscription, Bell bell, EventText text) {
        this.conversation = conversation;
        this.subscription = subscription;
        this.bell = bell;
        this.text = text;
    }

    /**
     * Waits until the turn is over and returns its document. The subscription is closed afterwards,
     * whatever happened.
     */
    Outcome gather() {
        try (subscription) {
            while (outcome == null) {
                Frame frame = subscription.poll();
                if (frame != null) {
                    take(frame);
                } else if (subscription.isOver()) {
                    outcome = new Closed(ErrorCode.INTERNAL);
                } else {
                    bell.await(subscription.nanosUntilDue());
                }
            }
            return outcome;
        }
    }

    @Override
    public void close() {
        subscription.close();
    }

    private void take(Frame frame) {
        switch (frame) {
            case Frame.Heartbeat _, Frame.Presence _, Frame.Outside _ -> {}
            case Frame.Closing(var reason) -> outcome = new Closed(ErrorCode.of(reason));
            case Frame.WorldUpdate _, Frame.Snapshot _ -> takeUpdate(frame);
            case Frame.Said(_, TurnEvent.Content(String chunk), _) -> {
                content.append(chunk);
                add(frame, false);
            }
            case Frame.Said(_, TurnEvent.Done(var reason), _) -> {
                add(frame, false);
                outcome = new Ended(document(FrameJson.word(reason)));
            }
            case Frame.Said _ -> add(frame, false);
        }
    }

    private void takeUpdate(Frame frame) {
        updateBytes += add(frame, true);
        if (updateBytes <= UPDATE_BYTES) {
            return;
        }
        updateBytes = 0;
        List<Event> before = List.copyOf(events);
        events.clear();
        boolean placed = false;
        for (Event event : before) {
            if (!event.world) {
                events.add(event);
            } else if (!placed) {
                events.add(new Event(json(subscription.snapshot()), true));
                placed = true;
            }
        }
    }

    private int add(Frame frame, boolean world) {
        byte[] json = json(frame);
        events.add(new Event(json, world));
        return json.length;
    }

    private byte[] json(Frame frame) {
        Utf8Buffer out = new Utf8Buffer(INITIAL_BYTES);
        text.appendJson(frame, subscription, out);
        return out.toByteArray();
    }

    private Utf8Buffer document(String finishReason) {
        Utf8Buffer out = new Utf8Buffer(INITIAL_BYTES);
        out.ascii("{\"conversation_id\":").quoted(conversation.value());
        out.ascii(",\"content\":").quoted(content.toString());
        out.ascii(",\"finish_reason\":").quoted(finishReason);
        out.ascii(",\"events\":");
        char separator = '[';
        for (Event event : events) {
            out.append(separator).append(event.json);
            separator = ',';
        }
        return out.ascii("]}");
    }
}
