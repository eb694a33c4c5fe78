package io.worldweave.nats;

import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamState;
import io.worldweave.domain.bus.EventPosition;
import org.jspecify.annotations.Nullable;

/**
 * What a stream held at one moment.
 *
 * @param log its name and when it was made: a stream that was deleted and made anew is another
 * @param first the sequence of the oldest message, or one more than the last if there is none
 * @param last the sequence of the newest message that there ever was
 * @param deleted how many messages between them are gone
 */
record Extent(String log, long first, long last, long deleted) {
    static Extent of(StreamInfo info) {
        StreamState state = info.getStreamState();
        String log = info.getConfiguration().getName() + "@" + info.getCreateTime().toInstant();
        // a stream that never had a message says that its first one is number 0
        long first = Math.max(state.getFirstSequence(), state.getMsgCount() == 0 ? 1 : 0);
        return new Extent(log, first, state.getLastSequence(), state.getDeletedCount());
    }

    /** Returns the place behind all messages. */
    EventPosition end() {
        return new EventPosition(log, last);
    }

    /** Returns the place before all messages that are kept. */
    EventPosition begin() {
        return new EventPosition(log, first - 1);
    }

    /** Returns whether nothing lies behind that place. */
    boolean endsAt(@Nullable EventPosition place) {
        return end().equals(place);
    }

    /** Returns whether that is a place in it, behind which nothing was dropped at its beginning. */
    boolean continues(@Nullable EventPosition place) {
        return place != null
                && place.log().equals(log)
                && first <= place.sequence() + 1
                && place.sequence() <= last;
    }
}
