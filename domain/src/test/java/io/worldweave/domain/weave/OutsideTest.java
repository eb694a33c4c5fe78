package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.EventPosition;
import io.worldweave.domain.bus.Heard;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.bus.OutsideEvent;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What other programs say to a player, on the player's streams. */
class OutsideTest {
    private final Speakers bus = new Speakers();
    private final Node node =
            new Node(
                    new VirtualScheduler(),
                    new MemoryWorldStore(),
                    bus,
                    LiveLimits.DEFAULT,
                    WeaveLimits.DEFAULT);

    /** A bus that brings what the test says. */
    private static final class Speakers implements Bus {
        private final Map<UserId, List<Consumer<Heard>>> listeners = new HashMap<>();

        private final List<@Nullable EventPosition> asked = new ArrayList<>();

        void say(UserId user, long number) {
            bring(user, new Heard.Said(event(number), null));
        }

        void bring(UserId user, Heard heard) {
            List.copyOf(listeners.getOrDefault(user, List.of()))
                    .forEach(listener -> listener.accept(heard));
        }

        int count(UserId user) {
            return listeners.getOrDefault(user, List.of()).size();
        }

        @Override
        public void publish(News news) {
            // nobody else is there
        }

        @Override
        public Interest listen(WorldId world, Consumer<News> listener) {
            return () -> {};
        }

        @Override
        public Interest listen(
                UserId user,
                WorldId world,
                @Nullable EventPosition since,
                Consumer<Heard> listener) {
            asked.add(since);
            listeners.computeIfAbsent(user, _ -> new ArrayList<>()).add(listener);
            return () -> listeners.get(user).remove(listener);
        }

        @Override
        public void close() {
            listeners.clear();
        }
    }

    private static OutsideEvent event(long number) {
        return new OutsideEvent(JsonObject.of("n", Json.of(number)));
    }

    private static List<Frame> all(Subscription stream) {
        List<Frame> frames = new ArrayList<>();
        Frame frame;
        while ((frame = stream.poll()) != null) {
            frames.add(frame);
        }
        return frames;
    }

    @Test
    void anEventReachesEachStreamOfItsUserAndNobodyElses() {
        Subscription first = node.watch(Node.ALICE, null);
        Subscription second = node.watch(Node.ALICE, null);
        Subscription other = node.watch(Node.BOB, null);
        List.of(first, second, other).forEach(OutsideTest::all);

        bus.say(Node.ALICE, 1);

        assertThat(all(first)).containsExactly(new Frame.Outside(event(1), null));
        assertThat(all(second)).containsExactly(new Frame.Outside(event(1), null));
        assertThat(all(other)).isEmpty();
    }

    @Test
    void theWorldGoesBeforeWhatOthersSay() {
        Subscription stream = node.watch(Node.ALICE, null);
        bus.say(Node.ALICE, 1);
        node.commit(new Change.Add(Part.SHARED, Pointer.of("x"), Json.of(1)));

        assertThat(all(stream)).hasSize(2).last().isEqualTo(new Frame.Outside(event(1), null));
    }

    @Test
    void ofMoreThanTheLimitTheOldestAreDroppedAndCounted() {
        Subscription stream = node.watch(Node.ALICE, null);
        int limit = WeaveLimits.DEFAULT.outside();
        for (int i = 0; i < limit + 3; i++) {
            bus.say(Node.ALICE, i);
        }

        List<Frame> frames = all(stream);

        assertThat(frames)
                .hasSize(1 + limit)
                .last()
                .isEqualTo(new Frame.Outside(event(limit + 2), null));
        assertThat(frames.get(1)).isEqualTo(new Frame.Outside(event(3), null));
        assertThat(node.subscriptions.counters().outsideDropped()).isEqualTo(3);
    }

    private static EventPosition at(long sequence) {
        return new EventPosition("log", sequence);
    }

    private static Heard kept(long number) {
        return new Heard.Said(event(number), at(number));
    }

    @Test
    void aKeptEventHasACursorFromWhichTheBusIsAskedAgain() {
        Subscription stream = node.watch(Node.ALICE, null);
        bus.bring(Node.ALICE, new Heard.Quiet(at(4)));
        Frame.Snapshot first = (Frame.Snapshot) Objects.requireNonNull(stream.poll());
        bus.bring(Node.ALICE, kept(5));
        Frame.Outside second = (Frame.Outside) Objects.requireNonNull(stream.poll());
        node.watch(Node.ALICE, first.cursor());
        node.watch(Node.ALICE, second.cursor());
        node.watch(Node.BOB, second.cursor());

        assertThat(second.event()).isEqualTo(event(5));
        assertThat(bus.asked).containsExactly(null, at(4), at(5), null);
    }

    @Test
    void aCursorSaysNothingOfEventsThatWait() {
        Subscription stream = node.watch(Node.ALICE, null);
        all(stream);
        bus.bring(Node.ALICE, kept(1));
        bus.bring(Node.ALICE, kept(2));
        bus.bring(Node.ALICE, new Heard.Quiet(at(9)));
        node.commit(new Change.Add(Part.SHARED, Pointer.of("x"), Json.of(1)));

        assertThat(all(stream))
                .extracting(frame ->
                        switch (frame) {
                            case Frame.WorldUpdate update -> update.cursor().heard();
                            case Frame.Outside outside ->
                                    Objects.requireNonNull(outside.cursor()).heard();
                            default -> "another";
                        })
                .containsExactly(null, at(1), at(2));
    }

    @Test
    void whoMissedAKeptEventIsGivenASnapshotThatSaysFromWhereItGoesOn() {
        Subscription stream = node.watch(Node.ALICE, null);
        all(stream);
        bus.bring(Node.ALICE, kept(1));
        bus.bring(Node.ALICE, new Heard.Missed(at(7)));
        bus.bring(Node.ALICE, kept(8));

        List<Frame> frames = all(stream);

        assertThat(frames).hasSize(3);
        assertThat(frames.get(1))
                .isInstanceOfSatisfying(
                        Frame.Snapshot.class,
                        snapshot -> assertThat(snapshot.cursor().heard()).isEqualTo(at(7)));
        assertThat(frames.get(2))
                .isInstanceOfSatisfying(
                        Frame.Outside.class,
                        outside -> assertThat(outside.event()).isEqualTo(event(8)));
    }

    @Test
    void ofMoreKeptEventsThanTheLimitTheClientIsToldThatItMissedSome() {
        Subscription stream = node.watch(Node.ALICE, null);
        all(stream);
        int limit = WeaveLimits.DEFAULT.outside();
        for (int i = 1; i <= limit + 3; i++) {
            bus.bring(Node.ALICE, kept(i));
        }

        List<Frame> frames = all(stream);

        assertThat(frames).hasSize(1 + limit);
        assertThat(frames.getFirst())
                .isInstanceOfSatisfying(
                        Frame.Snapshot.class,
                        snapshot -> assertThat(snapshot.cursor().heard()).isEqualTo(at(3)));
        assertThat(frames.getLast())
                .isInstanceOfSatisfying(
                        Frame.Outside.class,
                        outside -> assertThat(outside.event()).isEqualTo(event(limit + 3)));
    }

    @Test
    void whenTheLastStreamEndsNobodyListensForItsUser() {
        for (int i = 0; i < 10_000; i++) {
            Subscription stream = node.watch(Node.ALICE, null);
            assertThat(bus.count(Node.ALICE)).isEqualTo(1);
            stream.close();
            bus.say(Node.ALICE, i);
        }

        assertThat(bus.count(Node.ALICE)).isZero();
    }
}
