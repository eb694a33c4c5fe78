package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.SeededBus;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.RandomChanges;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * I1 and I2 together: nodes share a store and a bus that drops, doubles, delays and reorders, and
 * no stream of any of them shows a gap, a duplicate or a step back.
 */
class BadBusTest {
    /** Ten seeds of so many when the tests run in full. */
    private static final int DELTAS = Boolean.getBoolean("long") ? 10_000 : 4_000;

    private static final int NODES = 3;
    private static final List<UserId> USERS = List.of(Node.ALICE, Node.BOB, new UserId("carol"));

    private record Reader(Replica replica, Subscription stream) {
        void read() {
            replica.takeAll(stream);
        }
    }

    @Test
    void noStreamOfAnyNodeShowsAGapOrADuplicate() {
        Seeded.times(1, BadBusTest::play);
    }

    private static void play(Random random) {
        VirtualScheduler time = new VirtualScheduler();
        MemoryWorldStore store = new MemoryWorldStore();
        SeededBus bus = new SeededBus(random, time, 30, 30, Duration.ofMillis(400));
        RandomChanges changes = new RandomChanges(random, USERS);
        List<Node> nodes = new ArrayList<>();
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            Node node = new Node(time, store, bus.join(), LiveLimits.DEFAULT, WeaveLimits.DEFAULT);
            nodes.add(node);
            for (UserId user : USERS) {
                readers.add(new Reader(new Replica(user), node.watch(user, null)));
            }
        }
        for (int made = 0; made < DELTAS; made++) {
            nodes.get(random.nextInt(NODES))
                    .commit(USERS.get(random.nextInt(USERS.size())), changes::next);
            time.advance(Duration.ofMillis(random.nextInt(8)));
            readers.get(random.nextInt(readers.size())).read();
        }
        time.advance(Duration.ofSeconds(2));

        long updates = 0;
        for (Reader reader : readers) {
            reader.read();
            reader.replica()
                    .assertSees(store.at(Node.WORLD, store.position(Node.WORLD).revision()));
            assertThat(reader.replica().version().revision())
                    .as("what comes last may be nothing that this reader sees")
                    .isLessThanOrEqualTo(store.position(Node.WORLD).revision());
            updates += reader.replica().updates();
        }
        assertThat(updates).as("the streams were told one by one").isGreaterThan(DELTAS);
    }
}
