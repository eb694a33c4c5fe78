package io.worldweave.domain.weave;

import io.worldweave.domain.bus.OutsideEvent;
import io.worldweave.domain.live.Projection;
import io.worldweave.domain.live.View;
import io.worldweave.domain.presence.PresenceEvent;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import org.jspecify.annotations.Nullable;

/** One thing to write to a stream's client. */
public sealed interface Frame {
    /**
     * All that the view shows at the cursor's revision; it replaces what the client had.
     *
     * @param timestampMillis when it was taken, in Unix milliseconds
     */
    record Snapshot(WorldId world, View view, WorldState state, Cursor cursor, long timestampMillis)
            implements Frame {}

    /**
     * What changed since the stream's last version.
     *
     * @param base the version that the stream gave last; the new one is the cursor's revision
     */
    record WorldUpdate(Projection projection, long base, Cursor cursor) implements Frame {}

    /** What a turn says. */
    record Said(ConversationId conversation, TurnEvent event, Cursor cursor) implements Frame {}

    /**
     * Who has come to the zone that the stream shows, or left it.
     *
     * @param timestampMillis when it was told, in Unix milliseconds
     */
    record Presence(PresenceEvent event, long timestampMillis) implements Frame {}

    /**
     * What another program says to the viewer, as it was said.
     *
     * @param cursor null where such events are not kept
     */
    record Outside(OutsideEvent event, @Nullable Cursor cursor) implements Frame {}

    /** A sign of life on a stream that had nothing else to say. */
    record Heartbeat() implements Frame {}

    /** The last frame of a stream that the service ends before its time. */
    record Closing(CloseReason reason) implements Frame {}
}
