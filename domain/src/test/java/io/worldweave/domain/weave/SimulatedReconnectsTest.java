package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.RandomChanges;
import io.worldweave.domain.live.RandomZones;
import io.worldweave.domain.live.View;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.WorldState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that lose their connections at random points and come back, to either of two nodes, some
 * quickly, some slowly, some after more than is kept: no gap, no duplicate (both are the {@link
 * Replica}'s checks of each frame), and the state of the server at the end (I2, I3, I6).
 */
class SimulatedReconnectsTest {
    private static final int RECONNECTS = Boolean.getBoolean("long") ? 10_000 : 3_334;
    private static final int CLIENTS = 20;
    private static final int USERS = 6;
    private static final LiveLimits SHORT_LOG = LiveLimits.DEFAULT.withLogDeltas(60);
    private static final WeaveLimits SMALL =
            new WeaveLimits(
                    Duration.ofMillis(250),
                    8,
                    Duration.ofMillis(100),
                    8,
                    12,
                    Duration.ofSeconds(15),
                    Duration.ofHours(10),
                    16,
                    1_000,
                    1_000);

    /** What the world is like, and what of it is watched. */
    enum Scene {
        WORLD_VIEWS(0),
        ZONE_VIEWS(100),
        BOTH(50);

        private final int zoneViewPercent;

        Scene(int zoneViewPercent) {
            this.zoneViewPercent = zoneViewPercent;
        }

        JsonObject seed() {
            return this == WORLD_VIEWS ? RandomChanges.world() : RandomZones.world();
        }

        Function<WorldState, List<Change>> changes(Random random, List<UserId> users) {
            return this == WORLD_VIEWS
                    ? new RandomChanges(random, users)::next
                    : new RandomZones(random, users)::next;
        }
    }

    private static final class Client {
        final Replica replica;
        Subscription stream;

        Client(Replica replica, Subscription stream) {
            this.replica = replica;
            this.stream = stream;
        }
    }

    /** What came of the reconnects of a run. */
    private static final class Tally {
        int resumed;
        int begunAnew;
        int zoneChanges;
    }

    @ParameterizedTest
    @EnumSource
    void whoeverComesBackGetsWhatWasMissedOnceAndInOrder(Scene scene) {
        Random random = new Random(Long.getLong("seed", 20_261_121L));
        VirtualScheduler time = new VirtualScheduler();
        WorldStore store = new MemoryWorldStore();
        LocalBus bus = new LocalBus();
        List<Node> nodes = List.of(node(scene, time, store, bus), node(scene, time, store, bus));
        List<UserId> users =
                IntStream.range(0, USERS).mapToObj(i -> new UserId("user" + i)).toList();
        var changes = scene.changes(random, users);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            UserId user = users.get(random.nextInt(USERS));
            View view =
                    random.nextInt(100) < scene.zoneViewPercent
                            ? new View.Zone(user)
                            : new View.World(user);
            clients.add(new Client(new Replica(view), nodes.get(i % 2).watch(view, null)));
        }
        Tally tally = new Tally();
        for (int reconnects = 0; reconnects < RECONNECTS; ) {
            act(random, nodes, users, changes);
            read(random, clients, tally);
            if (random.nextInt(3) == 0) {
                comeBack(random, clients, nodes, tally);
                reconnects++;
            }
        }
        time.advance(Duration.ofSeconds(5));
        for (Client client : clients) {
            client.replica.takeAll(client.stream);
            client.replica.assertSees(nodes.get(0).world.head());
            client.stream.close();
        }
        assertThat(tally.resumed).as("came back without a snapshot").isGreaterThan(RECONNECTS / 4);
        assertThat(tally.begunAnew).as("came back too late").isPositive();
        assertThat(nodes.get(0).subscriptions.counters().squashes()).as("squashes").isPositive();
        if (scene != Scene.WORLD_VIEWS) {
            assertThat(tally.zoneChanges).as("zone changes").isGreaterThan(RECONNECTS / 10);
        }
        for (Node node : nodes) {
            assertThat(node.subscriptions.openCount()).as("streams left (I9)").isZero();
        }
    }

    private static Node node(Scene scene, VirtualScheduler time, WorldStore store, LocalBus bus) {
        return new Node(time, store, bus.join(), SHORT_LOG, SMALL, scene::seed);
    }

    private static void act(
            Random random,
            List<Node> nodes,
            List<UserId> users,
            Function<WorldState, List<Change>> changes) {
        int bursts = random.nextInt(25) == 0 ? 70 : random.nextInt(6);
        for (int i = 0; i < bursts; i++) {
            Node node = nodes.get(random.nextInt(nodes.size()));
            node.commit(users.get(random.nextInt(users.size())), changes);
        }
    }

    private static void read(Random random, List<Client> clients, Tally tally) {
        for (Client client : clients) {
            for (int frames = random.nextInt(5); frames > 0; frames--) {
                Frame frame = client.stream.poll();
                if (frame != null) {
                    take(client, frame, tally);
                }
            }
        }
    }

    private static void take(Client client, Frame frame, Tally tally) {
        boolean known = client.replica.snapshots() > 0;
        String before = known ? String.valueOf(client.replica.zone()) : "";
        client.replica.take(frame);
        if (known && !before.equals(String.valueOf(client.replica.zone()))) {
            tally.zoneChanges++;
        }
    }

    /** Some have read all there was, most have not; now and then one has lost the last frames. */
    private static void comeBack(
            Random random, List<Client> clients, List<Node> nodes, Tally tally) {
        Client client = clients.get(random.nextInt(clients.size()));
        for (int lost = random.nextInt(3); lost > 0; lost--) {
            client.stream.poll();
        }
        client.stream.close();
        Node node = nodes.get(random.nextInt(nodes.size()));
        client.stream = node.watch(client.replica.view(), client.replica.cursor());
        int snapshots = client.replica.snapshots();
        Frame first = client.stream.poll();
        if (first != null) {
            take(client, first, tally);
        }
        if (client.replica.snapshots() == snapshots) {
            tally.resumed++;
        } else {
            tally.begunAnew++;
        }
    }

    @Test
    void aClientThatWasNeverGivenAnythingBeginsWithASnapshot() {
        Node node = new Node(new VirtualScheduler());
        Subscription stream = node.watch(Node.ALICE, null);
        stream.close();

        assertThat(node.watch(Node.ALICE, null).poll()).isInstanceOf(Frame.Snapshot.class);
    }
}
