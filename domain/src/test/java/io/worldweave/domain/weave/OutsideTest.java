package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.Bus;
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
import java.util.function.Consumer;
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
        private final Map<UserId, List<Consumer<OutsideEvent>>> listeners = new HashMap<>();

        void say(UserId user, long number) {
            OutsideEvent event = event(number);
            List.copyOf(listeners.getOrDefault(user, List.of()))
                    .forEach(listener -> listener.accept(event));
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
        public Interest listen(UserId user, Consumer<OutsideEvent> listener) {
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

        assertThat(all(first)).containsExactly(new Frame.Outside(event(1)));
        assertThat(all(second)).containsExactly(new Frame.Outside(event(1)));
        assertThat(all(other)).isEmpty();
    }

    @Test
    void theWorldGoesBeforeWhatOthersSay() {
        Subscription stream = node.watch(Node.ALICE, null);
        bus.say(Node.ALICE, 1);
        node.commit(new Change.Add(Part.SHARED, Pointer.of("x"), Json.of(1)));

        assertThat(all(stream)).hasSize(2).last().isEqualTo(new Frame.Outside(event(1)));
    }

    @Test
    void ofMoreThanTheLimitTheOldestAreDroppedAndCounted() {
        Subscription stream = node.watch(Node.ALICE, null);
        int limit = WeaveLimits.DEFAULT.outside();
        for (int i = 0; i < limit + 3; i++) {
            bus.say(Node.ALICE, i);
        }

        List<Frame> frames = all(stream);

        assertThat(frames).hasSize(1 + limit).last().isEqualTo(new Frame.Outside(event(limit + 2)));
        assertThat(frames.get(1)).isEqualTo(new Frame.Outside(event(3)));
        assertThat(node.subscriptions.counters().outsideDropped()).isEqualTo(3);
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
