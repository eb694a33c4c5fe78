package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.RandomChanges;
import io.worldweave.domain.live.RandomZones;
import io.worldweave.domain.live.View;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * I2 Chain and I3 Attach without a seam: whatever was filtered, squashed, replayed or missed in
 * between, a client that follows the protocol sees every version continue the one before, and ends
 * with what the server has.
 */
class I2ChainTest {
    private static final WeaveLimits SMALL =
            new WeaveLimits(
                    Duration.ofMillis(250),
                    8,
                    Duration.ofMillis(100),
                    6,
                    5,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    16,
                    100,
                    100);
    private static final LiveLimits SHORT_LOG = LiveLimits.DEFAULT.withLogDeltas(24);

    /** A client, its stream while it is connected, and how often it came back. */
    private static final class Client {
        final Replica replica;
        Subscription stream;

        Client(Replica replica, Subscription stream) {
            this.replica = replica;
            this.stream = stream;
        }
    }

    @Test
    void everyClientSeesAnUnbrokenChainWhateverIsFilteredSquashedOrMissed() {
        Seeded.times(
                2_000,
                random -> {
                    RandomChanges changes =
                            new RandomChanges(random, List.of(Node.ALICE, Node.BOB));
                    play(random, node(RandomChanges::world), changes::next);
                });
    }

    @Test
    void theChainHoldsForWhoeverGoesFromZoneToZoneAndForThoseWhoStay() {
        Seeded.times(
                2_000,
                random -> {
                    RandomZones changes = new RandomZones(random, List.of(Node.ALICE, Node.BOB));
                    play(random, node(RandomZones::world), changes::next);
                });
    }

    private static Node node(Supplier<JsonObject> seed) {
        return new Node(
                new VirtualScheduler(),
                new MemoryWorldStore(),
                new LocalBus().join(),
                SHORT_LOG,
                SMALL,
                seed);
    }

    private static void play(Random random, Node node, Function<WorldState, List<Change>> changes) {
        List<Client> clients = new ArrayList<>();
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> burst(random, node, changes);
                case 3 -> clients.add(newClient(random, node));
                case 4 -> reconnect(random, node, clients);
                default -> readSome(random, clients);
            }
        }
        for (Client client : clients) {
            client.replica.takeAll(client.stream);
            client.replica.assertSees(node.world.head());
            client.stream.close();
        }
        assertThat(node.subscriptions.openCount()).as("streams left (I9)").isZero();
        assertThat(node.world.watcherCount()).as("watchers left (I9)").isZero();
    }

    private static void burst(
            Random random, Node node, Function<WorldState, List<Change>> changes) {
        int count = random.nextInt(10) == 0 ? 40 : 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            node.commit(random.nextBoolean() ? Node.ALICE : Node.BOB, changes);
        }
    }

    private static Client newClient(Random random, Node node) {
        UserId user = random.nextBoolean() ? Node.ALICE : Node.BOB;
        View view = random.nextBoolean() ? new View.World(user) : new View.Zone(user);
        return new Client(new Replica(view), node.watch(view, null));
    }

    private static void reconnect(Random random, Node node, List<Client> clients) {
        if (!clients.isEmpty()) {
            Client client = clients.get(random.nextInt(clients.size()));
            client.stream.close();
            Cursor cursor = client.replica.cursor();
            client.stream = node.watch(client.replica.view(), cursor);
        }
    }

    private static void readSome(Random random, List<Client> clients) {
        for (Client client : clients) {
            for (int frames = random.nextInt(6); frames > 0; frames--) {
                Frame frame = client.stream.poll();
                if (frame != null) {
                    client.replica.take(frame);
                }
            }
        }
    }

    @Test
    void aRevisionThatTheViewDoesNotShowLeavesNoTraceButTheStep() {
        Node node = new Node(new VirtualScheduler());
        Replica bob = new Replica(Node.BOB);
        Subscription stream = node.watch(Node.BOB, null);
        bob.takeAll(stream);
        node.commit(new Change.Add(Part.own(Node.ALICE), Pointer.ROOT, JsonObject.EMPTY));
        assertThat(stream.poll()).isNull();
        node.commit(new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(1)));

        Frame frame = stream.poll();

        assertThat(frame)
                .isInstanceOfSatisfying(
                        Frame.WorldUpdate.class,
                        update -> {
                            assertThat(update.base()).isEqualTo(0);
                            assertThat(update.cursor().world().revision()).isEqualTo(2);
                        });
        bob.take(frame);
        bob.assertSees(node.world.head());
    }

    @Test
    void aClientThatComesBackWithinTheKeptHistoryGetsWhatItMissedAndNoSnapshot() {
        Node node = new Node(new VirtualScheduler());
        Replica bob = new Replica(Node.BOB);
        Subscription stream = node.watch(Node.BOB, null);
        bob.takeAll(stream);
        stream.close();
        for (int i = 1; i <= 5; i++) {
            node.commit(new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(i)));
        }

        bob.takeAll(node.watch(Node.BOB, bob.cursor()));

        assertThat(bob.snapshots()).isEqualTo(1);
        assertThat(bob.updates()).isEqualTo(5);
        bob.assertSees(node.world.head());
    }

    @Test
    void aCursorOfAnotherHistoryIsAnsweredWithASnapshot() {
        Node old = new Node(new VirtualScheduler());
        Replica bob = new Replica(Node.BOB);
        bob.takeAll(old.watch(Node.BOB, null));
        Node node = new Node(new VirtualScheduler());
        node.commit(new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(1)));

        bob.takeAll(node.watch(Node.BOB, bob.cursor()));

        assertThat(bob.snapshots()).isEqualTo(2);
        bob.assertSees(node.world.head());
    }

    @Test
    void aClientThatComesBackToANodeThatLagsWaitsForItAndIsNotThrownBack() {
        VirtualScheduler time = new VirtualScheduler();
        MemoryWorldStore store = new MemoryWorldStore();
        Node ahead =
                new Node(
                        time,
                        store,
                        new LocalBus().join(),
                        LiveLimits.DEFAULT,
                        WeaveLimits.DEFAULT);
        Node behind =
                new Node(
                        time,
                        store,
                        new LocalBus().join(),
                        LiveLimits.DEFAULT,
                        WeaveLimits.DEFAULT);
        Replica bob = new Replica(Node.BOB);
        Subscription stream = ahead.watch(Node.BOB, null);
        for (int i = 1; i <= 5; i++) {
            ahead.commit(new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(i)));
        }
        bob.takeAll(stream);
        Subscription again = behind.watch(Node.BOB, bob.cursor());
        bob.takeAll(again);
        assertThat(bob.version().revision()).isEqualTo(5);
        ahead.commit(new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(6)));
        time.advance(LiveLimits.DEFAULT.headCheck().multipliedBy(2));

        bob.takeAll(again);

        assertThat(bob.snapshots()).isEqualTo(1);
        assertThat(bob.version().revision()).isEqualTo(6);
        bob.assertSees(ahead.world.head());
    }
}
