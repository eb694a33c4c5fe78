package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.ForwardingBus;
import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.bus.SeededBus;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.RandomZones;
import io.worldweave.domain.live.View;
import io.worldweave.domain.presence.PresenceEvent;
import io.worldweave.domain.presence.PresenceEvent.Kind;
import io.worldweave.domain.presence.PresenceLimits;
import io.worldweave.domain.presence.Presences;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is in the zone with a player, as its stream tells it; also when a node has crashed. */
class PresenceTest {
    private static final UserId CAROL = new UserId("carol");

    private final VirtualScheduler time = new VirtualScheduler();
    private final WorldStore store = new MemoryWorldStore();
    private final LocalBus bus = new LocalBus();

    /** A node whose players see each other. */
    private final class Host {
        final Node node;
        final Presences presences;
        final Bus ear;

        Host(String name, Bus news, Bus ear, PresenceLimits limits) {
            this(name, news, ear, LiveLimits.DEFAULT, limits);
        }

        Host(String name, Bus news, Bus ear, LiveLimits live, PresenceLimits limits) {
            this.node = new Node(time, store, news, live, WeaveLimits.DEFAULT, RandomZones::world);
            this.ear = ear;
            this.presences = new Presences(ear, time, name, limits);
        }

        Session session(UserId user) {
            Replica replica = new Replica(new View.Zone(user));
            Subscription stream = node.watch(replica.view(), null);
            stream.attend(presences);
            return new Session(replica, stream);
        }
    }

    /** A bus that has something done between one telling and the next. */
    private static final class InterruptedBus extends ForwardingBus {
        private Runnable interruption = () -> {};

        InterruptedBus(Bus bus) {
            super(bus);
        }

        void afterTheNext(Runnable done) {
            interruption = done;
        }

        @Override
        public void publish(News news) {
            super.publish(news);
            Runnable now = interruption;
            interruption = () -> {};
            now.run();
        }
    }

    private record Session(Replica replica, Subscription stream) {
        List<PresenceEvent> takes() {
            int known = replica.met().size();
            replica.takeAll(stream);
            return List.copyOf(replica.met().subList(known, replica.met().size()));
        }
    }

    private Host host(String name) {
        Bus joined = bus.join();
        return new Host(name, joined, joined, PresenceLimits.DEFAULT);
    }

    private static void put(Node node, UserId user, Json zone) {
        node.commit(
                node.world.head().own(user) == null
                        ? new Change.Add(
                                Part.own(user),
                                Pointer.ROOT,
                                JsonObject.of("current_location", zone))
                        : new Change.Replace(Part.own(user), Pointer.of("current_location"), zone));
    }

    private static void rename(Node node, String zone, int name) {
        node.commit(
                new Change.Replace(
                        Part.SHARED, Pointer.of("locations", zone, "name"), Json.of(name)));
    }

    private static PresenceEvent event(Kind kind, UserId user, String zone) {
        return new PresenceEvent(kind, user, zone);
    }

    private void shopOfTwo(Host host) {
        put(host.node, Node.ALICE, Json.of("shop"));
        put(host.node, Node.BOB, Json.of("shop"));
    }

    @Test
    void whoComesIsToldWhoIsThereAndTheyAreToldOfTheNewcomer() {
        Host host = host("n1");
        shopOfTwo(host);
        Session alice = host.session(Node.ALICE);
        assertThat(alice.takes()).as("nobody is told of oneself").isEmpty();

        Session bob = host.session(Node.BOB);

        assertThat(alice.takes()).containsExactly(event(Kind.JOIN, Node.BOB, "shop"));
        assertThat(bob.takes()).containsExactly(event(Kind.JOIN, Node.ALICE, "shop"));
    }

    @Test
    void whoGoesToAnotherZoneLeavesThisOne() {
        Host host = host("n1");
        shopOfTwo(host);
        put(host.node, CAROL, Json.of("wood"));
        Session alice = host.session(Node.ALICE);
        Session bob = host.session(Node.BOB);
        Session carol = host.session(CAROL);
        List.of(alice, bob, carol).forEach(Session::takes);

        put(host.node, Node.BOB, Json.of("wood"));

        assertThat(alice.takes()).containsExactly(event(Kind.LEAVE, Node.BOB, "shop"));
        assertThat(carol.takes()).containsExactly(event(Kind.JOIN, Node.BOB, "wood"));
        assertThat(bob.takes())
                .as("the other zone takes the place of this one; nobody leaves it")
                .containsExactly(event(Kind.JOIN, CAROL, "wood"));
        put(host.node, Node.BOB, JsonNull.NULL);
        assertThat(carol.takes()).containsExactly(event(Kind.LEAVE, Node.BOB, "wood"));
        assertThat(bob.takes()).as("nowhere there is nobody").isEmpty();
    }

    @Test
    void whoseLastSessionEndsHasLeft() {
        Host host = host("n1");
        shopOfTwo(host);
        Session alice = host.session(Node.ALICE);
        Session bob = host.session(Node.BOB);
        Session again = host.session(Node.BOB);
        assertThat(alice.takes()).hasSize(1);

        bob.stream().close();
        assertThat(alice.takes()).as("another session is open").isEmpty();
        again.stream().close();
        again.stream().close();

        assertThat(alice.takes()).containsExactly(event(Kind.LEAVE, Node.BOB, "shop"));
        alice.stream().close();
        assertThat(host.presences.worldCount()).as("nothing left behind (I9)").isZero();
        assertThat(host.node.world.watcherCount()).isZero();
    }

    @Test
    void aSlowSessionIsNotToldWhoCameAndWentMeanwhile() {
        Host host = host("n1");
        shopOfTwo(host);
        Session alice = host.session(Node.ALICE);
        alice.takes();
        for (int i = 0; i < 1_000; i++) {
            host.session(Node.BOB).stream().close();
        }
        Session bob = host.session(Node.BOB);

        assertThat(alice.takes()).containsExactly(event(Kind.JOIN, Node.BOB, "shop"));
        bob.stream().close();
        assertThat(alice.takes()).containsExactly(event(Kind.LEAVE, Node.BOB, "shop"));
    }

    @Test
    void ofACrowdASessionIsToldOfSoManyAsTheLimitSays() {
        Bus joined = bus.join();
        Host host =
                new Host("n1", joined, joined, new PresenceLimits(Duration.ofSeconds(15), 10, 100));
        put(host.node, Node.ALICE, Json.of("shop"));
        Session alice = host.session(Node.ALICE);
        for (int i = 0; i < 30; i++) {
            UserId user = new UserId("user" + i);
            put(host.node, user, Json.of("shop"));
            host.session(user);
        }

        assertThat(alice.takes()).hasSize(10);
    }

    @Test
    void aZoneThatWasLeftAndComeBackToBeginsWithNobody() {
        Host host = host("n1");
        shopOfTwo(host);
        Session alice = host.session(Node.ALICE);
        Session bob = host.session(Node.BOB);
        alice.takes();
        put(host.node, Node.ALICE, Json.of("wood"));
        alice.replica().take(alice.stream().poll());
        bob.stream().close();
        put(host.node, Node.ALICE, Json.of("shop"));

        assertThat(alice.takes()).isEmpty();
        assertThat(alice.replica().others()).isEmpty();
        host.session(Node.BOB);
        assertThat(alice.takes()).containsExactly(event(Kind.JOIN, Node.BOB, "shop"));
    }

    @Test
    void whoIsInAQuietZoneIsToldOfTheOthersHoweverMuchHappensElsewhere() {
        Bus joined = bus.join();
        LiveLimits shortLog = LiveLimits.DEFAULT.withLogDeltas(60);
        Host host = new Host("n1", joined, joined, shortLog, PresenceLimits.DEFAULT);
        shopOfTwo(host);
        put(host.node, CAROL, Json.of("shop"));
        Session alice = host.session(Node.ALICE);
        Session bob = host.session(Node.BOB);
        host.session(CAROL);
        assertThat(alice.takes()).hasSize(2);
        for (int i = 0; i < 100; i++) {
            rename(host.node, "wood", i);
            assertThat(alice.takes()).isEmpty();
        }

        bob.stream().close();

        assertThat(alice.takes()).containsExactly(event(Kind.LEAVE, Node.BOB, "shop"));
        rename(host.node, "shop", 1);
        assertThat(alice.takes()).as("nobody comes a second time").isEmpty();
    }

    @Test
    void playersOfOtherNodesAreThereToo() {
        Host here = host("n1");
        Host there = host("n2");
        shopOfTwo(here);
        time.advance(Duration.ofSeconds(3));
        Session bob = there.session(Node.BOB);
        bob.takes();

        Session alice = here.session(Node.ALICE);

        assertThat(alice.takes())
                .as("it asks the others, so that nobody waits for the next telling")
                .containsExactly(event(Kind.JOIN, Node.BOB, "shop"));
        assertThat(bob.takes()).containsExactly(event(Kind.JOIN, Node.ALICE, "shop"));
        bob.stream().close();
        assertThat(alice.takes()).containsExactly(event(Kind.LEAVE, Node.BOB, "shop"));
    }

    @Test
    void thoseWhoPlayedOnANodeThatCrashedHaveLeft() {
        Host here = host("n1");
        Host there = host("n2");
        shopOfTwo(here);
        time.advance(Duration.ofSeconds(3));
        Session alice = here.session(Node.ALICE);
        Session bob = there.session(Node.BOB);
        assertThat(alice.takes()).hasSize(1);
        for (int i = 0; i < 60; i++) {
            time.advance(Duration.ofSeconds(10));
            bob.takes();
        }
        assertThat(alice.takes()).as("it is told again within each lease").isEmpty();

        there.ear.close();
        time.advance(Duration.ofSeconds(10));
        assertThat(alice.takes()).as("the lease holds").isEmpty();
        time.advance(Duration.ofSeconds(10));

        assertThat(alice.takes()).containsExactly(event(Kind.LEAVE, Node.BOB, "shop"));
    }

    @Test
    void whoLeavesWhileTheNodeTellsOfItsPlayersHasLeft() {
        InterruptedBus ear = new InterruptedBus(bus.join());
        Host there = new Host("n2", bus.join(), ear, PresenceLimits.DEFAULT);
        Bus joined = bus.join();
        PresenceLimits roomy = new PresenceLimits(PresenceLimits.DEFAULT.lease(), 1_000, 1_000);
        Host here = new Host("n1", joined, joined, roomy);
        put(here.node, Node.ALICE, Json.of("shop"));
        Session alice = here.session(Node.ALICE);
        for (int i = 0; i < News.Attended.SEEN_LIMIT; i++) {
            UserId user = new UserId("user" + i);
            put(there.node, user, Json.of("shop"));
            there.session(user);
        }
        put(there.node, Node.BOB, Json.of("shop"));
        Session bob = there.session(Node.BOB);
        assertThat(alice.takes()).hasSize(News.Attended.SEEN_LIMIT + 1);

        ear.afterTheNext(bob.stream()::close);
        time.advance(PresenceLimits.DEFAULT.lease());

        assertThat(alice.takes()).containsExactly(event(Kind.LEAVE, Node.BOB, "shop"));
    }

    @Test
    void aNodeThatStopsTakesLeaveOfTheOthers() {
        Host here = host("n1");
        Host there = host("n2");
        shopOfTwo(here);
        time.advance(Duration.ofSeconds(3));
        Session alice = here.session(Node.ALICE);
        there.session(Node.BOB);
        alice.takes();

        there.presences.close();

        assertThat(alice.takes()).containsExactly(event(Kind.LEAVE, Node.BOB, "shop"));
    }

    @Test
    void whoeverMovesOverABadBusIsSeenWhereItIsInTheEnd() {
        Seeded.times(
                200,
                random -> {
                    VirtualScheduler clock = new VirtualScheduler();
                    WorldStore worlds = new MemoryWorldStore();
                    SeededBus bad = new SeededBus(random, clock, 30, 20, Duration.ofMillis(800));
                    List<Presences> presences = new ArrayList<>();
                    List<Session> sessions = new ArrayList<>();
                    List<Node> nodes = new ArrayList<>();
                    for (int n = 0; n < 2; n++) {
                        Node node =
                                new Node(
                                        clock,
                                        worlds,
                                        bad.join(),
                                        LiveLimits.DEFAULT,
                                        WeaveLimits.DEFAULT,
                                        RandomZones::world);
                        nodes.add(node);
                        presences.add(
                                new Presences(bad.join(), clock, "n" + n, PresenceLimits.DEFAULT));
                    }
                    for (int u = 0; u < 4; u++) {
                        UserId user = new UserId("user" + u);
                        put(nodes.get(0), user, Json.of("shop"));
                        clock.advance(Duration.ofSeconds(3));
                        Replica replica = new Replica(new View.Zone(user));
                        Subscription stream = nodes.get(u % 2).watch(replica.view(), null);
                        stream.attend(presences.get(u % 2));
                        sessions.add(new Session(replica, stream));
                    }
                    for (int step = 0; step < 40; step++) {
                        UserId user = new UserId("user" + random.nextInt(4));
                        put(
                                nodes.get(random.nextInt(2)),
                                user,
                                Json.of(List.of("shop", "wood").get(random.nextInt(2))));
                        clock.advance(Duration.ofMillis(random.nextInt(900)));
                        sessions.get(random.nextInt(4)).takes();
                    }
                    boolean agreed = false;
                    for (int i = 0; i < 60 && !agreed; i++) {
                        clock.advance(Duration.ofSeconds(5));
                        sessions.forEach(Session::takes);
                        agreed =
                                sessions.stream()
                                        .allMatch(session ->
                                                session.replica()
                                                        .others()
                                                        .equals(there(session, sessions)));
                    }
                    assertThat(agreed).isTrue();
                });
    }

    private static Set<UserId> there(Session session, List<Session> sessions) {
        Set<UserId> there = new LinkedHashSet<>();
        for (Session other : sessions) {
            if (!other.replica().user().equals(session.replica().user())
                    && String.valueOf(other.replica().zone()).equals(session.replica().zone())) {
                there.add(other.replica().user());
            }
        }
        return there;
    }
}
