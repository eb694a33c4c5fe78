package io.worldweave.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.EventPosition;
import io.worldweave.domain.bus.Heard;
import io.worldweave.domain.bus.OutsideEvent;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for one user, brought to one listener, from a place on and for ever: once, in order.
 *
 * <p>The stream is the truth, as the store is of worlds: what is heard on the subject only says
 * that it is worth a look. Servers leave out silently what is not kept any more; so it is asked
 * before and after a message what the stream holds. While the stream cannot be used, what is heard
 * is brought as it is, without a position.
 *
 * <p>Thread-safe. The listener is called on a thread of its own, one call after the other.
 */
final class Playback implements Bus.Interest {
    private static final System.Logger LOG = System.getLogger(Playback.class.getName());

    /** A message is heard before the stream has it: so long it is looked again. */
    private static final int[] AGAIN_MILLIS = {1, 4, 16, 64, 256};

    /** So many messages are read to catch up; who is further behind is told to have missed some. */
    private static final int CATCH_UP = 1_000;

    /** Where servers were silent so often it counts as no stream. */
    private static final int SILENCES = 2;

    /** Who was told nothing for so many checks looks whether that is right. */
    private static final int CHECKS_UNTIL_LOOK = 10;

    private final KeptEvents kept;
    private final List<String> subjects;
    private final Function<MessageInfo, @Nullable OutsideEvent> reading;
    private final Consumer<Heard> listener;
    private final AtomicInteger looks = new AtomicInteger();
    private final Hints hints = new Hints();

    /** Written by the one worker that there is at a time. */
    private volatile @Nullable EventPosition position;

    private volatile boolean closed;

    /** The worker's own. */
    private int silences;

    /** Of the thread that checks. */
    private int checks;

    /**
     * @param since from where to bring it, or null to begin with the present
     * @param reading returns what a message says, or null if that is nothing for users
     */
    Playback(
            KeptEvents kept,
            List<String> subjects,
            @Nullable EventPosition since,
            Function<MessageInfo, @Nullable OutsideEvent> reading,
            Consumer<Heard> listener) {
        this.kept = kept;
        this.subjects = subjects;
        this.reading = reading;
        this.listener = listener;
        this.position = since;
    }

    /** Tells from where it begins, if that is known. To be called before all else. */
    void begin() {
        Extent known = kept.trouble().isEmpty() ? kept.known() : null;
        if (position == null && known != null) {
            reach(new Heard.Quiet(known.end()));
        }
    }

    /** Takes note that something was said, and looks. */
    void hear(Hints.Hint hint) {
        hints.add(hint);
        look();
    }

    /** Looks, on a thread of its own, for what is new. */
    void look() {
        if (looks.getAndIncrement() == 0) {
            Thread.ofVirtual().name("worldweave-nats-playback").start(this::work);
        }
    }

    boolean isLooking() {
        return looks.get() != 0;
    }

    /** Looks if the stream is not what it was, or nobody has looked for long. */
    void check(Extent now) {
        boolean late = !now.endsAt(position) && ++checks >= CHECKS_UNTIL_LOOK;
        if (!now.continues(position) || hints.waiting() > 0 || late) {
            checks = 0;
            look();
        }
    }

    @Override
    public void close() {
        closed = true;
        kept.remove(this);
    }

    private void work() {
        int seen;
        do {
            seen = looks.get();
            try {
                catchUp();
                silences = 0;
            } catch (JetStreamApiException noStream) {
                LOG.log(Level.DEBUG, "there is no stream to read", noStream);
                hints.takeAll().forEach(this::bringAsItIs);
            } catch (IOException | RuntimeException silence) {
                LOG.log(Level.DEBUG, "the stream was not read", silence);
                // once may be chance, and then the stream has it
                if (++silences >= SILENCES) {
                    hints.takeAll().forEach(this::bringAsItIs);
                } else {
                    looks.incrementAndGet();
                }
            }
        } while (looks.addAndGet(-seen) != 0);
    }

    private void catchUp() throws IOException, JetStreamApiException {
        List<Hints.Hint> awaited = hints.all();
        readOn();
        for (int i = 0; i < AGAIN_MILLIS.length && hints.waiting() > 0 && !closed; i++) {
            pause(AGAIN_MILLIS[i]);
            awaited = hints.all();
            readOn();
        }
        hints.forgetBrought();
        // what the stream does not have by now it will not have
        hints.takeIfWaiting(awaited).stream()
                .filter(hint -> !hint.numbered())
                .forEach(this::bringAsItIs);
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** Brings all that the stream has by now. */
    private void readOn() throws IOException, JetStreamApiException {
        Extent before = kept.extent();
        int read = 0;
        while (!closed) {
            EventPosition at = startIn(before);
            MessageInfo next = at.sequence() < before.last() ? next(at.sequence() + 1) : null;
            if (next != null && next.getSeq() > before.last()) {
                // on another subject there may be one before it by now
                before = kept.extent();
                continue;
            }
            long to = next == null ? before.last() : next.getSeq() - 1;
            if (next == null && to == at.sequence()) {
                return;
            }
            Extent after = kept.extent();
            if (!after.continues(at)) {
                before = after;
            } else if (to > at.sequence() && kept.isDeleted(after, at.sequence(), to)) {
                reach(new Heard.Missed(at.at(to)));
                before = after;
            } else if (next == null) {
                reach(new Heard.Quiet(at.at(to)));
                return;
            } else if (++read > CATCH_UP) {
                reach(new Heard.Missed(after.end()));
                before = after;
            } else {
                bring(next, at);
                before = after;
            }
        }
    }

    /** Returns the place to go on from in that stream, having told if it is not the one before. */
    private EventPosition startIn(Extent stream) {
        EventPosition at = position;
        if (at == null) {
            // what was heard by now is behind the beginning, or kept before it
            hints.takeAll().forEach(this::bringAsItIs);
            EventPosition end = stream.end();
            reach(new Heard.Quiet(end));
            return end;
        }
        if (stream.continues(at)) {
            return at;
        }
        boolean stepsBack = at.log().equals(stream.log()) && stream.last() < at.sequence();
        EventPosition begin = stepsBack ? stream.end() : stream.begin();
        reach(new Heard.Missed(begin));
        return begin;
    }

    /** Returns the next message on any of the subjects. */
    private @Nullable MessageInfo next(long sequence) throws IOException, JetStreamApiException {
        MessageInfo first = null;
        for (String subject : subjects) {
            MessageInfo one = kept.next(sequence, subject);
            if (one != null && (first == null || one.getSeq() < first.getSeq())) {
                first = one;
            }
        }
        return first;
    }

    private void bring(MessageInfo message, EventPosition before) {
        EventPosition at = before.at(message.getSeq());
        OutsideEvent event = reading.apply(message);
        boolean known = event == null || hints.found(event);
        reach(known || event == null ? new Heard.Quiet(at) : new Heard.Said(event, at));
    }

    private void bringAsItIs(Hints.Hint hint) {
        hints.brought(hint.event());
        tell(new Heard.Said(hint.event(), null));
    }

    private void reach(Heard what) {
        position = what.position();
        tell(what);
    }

    private void tell(Heard what) {
        if (closed) {
            return;
        }
        try {
            listener.accept(what);
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "not taken: an event for a user", failure);
        }
    }
}
