package io.worldweave.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.EventPosition;
import io.worldweave.domain.bus.Heard;
import io.worldweave.domain.bus.OutsideEvent;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for one user, brought to one listener, from a place on and for ever: once, in order.
 *
 * <p>The stream is the truth, as the store is of worlds: what is heard on the subject only says
 * that it is worth a look. Servers leave out silently what is not kept any more; so between two
 * messages it is asked whether the stream still has all that lies there. While the stream cannot be
 * used, what is heard is brought as it is, without a position.
 *
 * <p>Thread-safe. The listener is called on a thread of its own, one call after the other.
 */
final class Playback implements Bus.Interest {
    private static final System.Logger LOG = System.getLogger(Playback.class.getName());

    /** A message is heard before the stream has it: so long it is looked again. */
    private static final int[] AGAIN_MILLIS = {1, 4, 16, 64, 256};

    /** So much that was heard is remembered until the stream has it; more is forgotten. */
    private static final int REMEMBERED = 256;

    /** Where servers were silent so often it counts as no stream. */
    private static final int SILENCES = 2;

    /** Who was told nothing for so many checks looks whether that is right. */
    private static final int CHECKS_UNTIL_LOOK = 10;

    private final KeptEvents kept;
    private final List<String> subjects;
    private final Function<MessageInfo, @Nullable OutsideEvent> reading;
    private final Consumer<Heard> listener;
    private final AtomicInteger looks = new AtomicInteger();

    /** What was heard and not yet found. */
    private final Deque<OutsideEvent> heard = new ArrayDeque<>();

    /** What was brought without a position: should the stream have it after all, not once more. */
    private final Deque<OutsideEvent> brought = new ArrayDeque<>();

    private volatile @Nullable EventPosition position;
    private volatile boolean closed;
    private int checks;
    private int silences;

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
        Extent known = kept.known();
        if (position == null && known != null) {
            reach(new Heard.Quiet(known.end()));
        }
    }

    /** Takes note that something was said, and looks. */
    void hear(OutsideEvent event) {
        synchronized (heard) {
            remember(heard, event);
        }
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
        if (!now.continues(position) || isWaiting() || late) {
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
                bringWhatWasHeard();
            } catch (IOException | RuntimeException silence) {
                LOG.log(Level.DEBUG, "the stream was not read", silence);
                // once may be chance, and then the stream has it
                if (++silences >= SILENCES) {
                    bringWhatWasHeard();
                } else {
                    looks.incrementAndGet();
                }
            }
        } while (looks.addAndGet(-seen) != 0);
    }

    private void catchUp() throws IOException, JetStreamApiException {
        readOn();
        for (int i = 0; i < AGAIN_MILLIS.length && isWaiting(); i++) {
            pause(AGAIN_MILLIS[i]);
            readOn();
        }
        synchronized (heard) {
            // the stream has it by now, or will never: it was said before with the same id
            heard.clear();
        }
    }

    private boolean isWaiting() {
        synchronized (heard) {
            return !heard.isEmpty() && !closed;
        }
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
        while (!closed) {
            Extent before = kept.known();
            EventPosition at = position;
            if (before == null || (at != null && before.last() < at.sequence())) {
                before = kept.extent();
            }
            if (at == null) {
                reach(new Heard.Quiet(before.end()));
                continue;
            }
            if (!at.log().equals(before.log())) {
                reach(new Heard.Missed(before.begin()));
                continue;
            }
            if (before.last() < at.sequence()) {
                reach(new Heard.Missed(before.end()));
                continue;
            }
            MessageInfo next = next(at.sequence() + 1);
            long to = next == null ? before.last() : next.getSeq() - 1;
            if (to > at.sequence() && isMissing(at, to)) {
                continue;
            }
            if (next != null) {
                bring(next, at);
            } else {
                if (to > at.sequence()) {
                    reach(new Heard.Quiet(at.at(to)));
                }
                return;
            }
        }
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

    /**
     * Returns whether the stream lacks, by now, some of what lies behind {@code at} and up to
     * {@code to}; if so that was told.
     */
    private boolean isMissing(EventPosition at, long to) throws IOException, JetStreamApiException {
        Extent now = kept.extent();
        if (!now.log().equals(at.log())) {
            return true;
        }
        if (now.first() > at.sequence() + 1) {
            reach(new Heard.Missed(now.begin()));
            return true;
        }
        if (kept.isDeleted(now, at.sequence(), to)) {
            reach(new Heard.Missed(at.at(to)));
            return true;
        }
        return false;
    }

    private void bring(MessageInfo message, EventPosition before) {
        EventPosition at = before.at(message.getSeq());
        OutsideEvent event = reading.apply(message);
        if (event == null) {
            reach(new Heard.Quiet(at));
            return;
        }
        synchronized (heard) {
            // what was heard before it was brought, or is missed
            boolean awaited = heard.contains(event);
            while (awaited) {
                awaited = !event.equals(heard.removeFirst());
            }
        }
        reach(brought.remove(event) ? new Heard.Quiet(at) : new Heard.Said(event, at));
    }

    private void bringWhatWasHeard() {
        List<OutsideEvent> all;
        synchronized (heard) {
            all = new ArrayList<>(heard);
            heard.clear();
        }
        for (OutsideEvent event : all) {
            remember(brought, event);
            tell(new Heard.Said(event, null));
        }
    }

    private static void remember(Deque<OutsideEvent> some, OutsideEvent event) {
        some.addLast(event);
        if (some.size() > REMEMBERED) {
            some.removeFirst();
        }
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
