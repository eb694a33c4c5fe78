package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.Projection;
import io.worldweave.domain.live.RandomZones;
import io.worldweave.domain.live.View;
import io.worldweave.domain.play.Located;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the stream of a zone view shows: the zone where its player is, and nothing of another. */
class ZoneViewTest {
    private static final View ALICES = new View.Zone(Node.ALICE);
    private static final View BOBS = new View.Zone(Node.BOB);

    private final Node node =
            new Node(
                    new VirtualScheduler(),
                    new MemoryWorldStore(),
                    new LocalBus().join(),
                    LiveLimits.DEFAULT,
                    WeaveLimits.DEFAULT,
                    RandomZones::world);
    private final Replica alice = new Replica(ALICES);
    private final Replica bob = new Replica(BOBS);

    private static Pointer items(String zone) {
        return Pointer.of("locations", zone, "areas", "a", "spots", "s", "items");
    }

    private static JsonObject thing(String id) {
        return JsonObject.of(Json.INSTANCE_ID, Json.of(id));
    }

    private static Change put(String zone, String id) {
        return new Change.Add(Part.SHARED, items(zone).child(id), thing(id));
    }

    private static Change take(String zone, String id) {
        return new Change.Remove(Part.SHARED, items(zone).child(id));
    }

    private static Change enter(UserId user, Json zone) {
        return new Change.Add(
                Part.own(user),
                Pointer.ROOT,
                JsonObject.of("current_location", zone, "inventory", JsonArray.EMPTY));
    }

    private static Change go(UserId user, Json zone) {
        return new Change.Replace(Part.own(user), Pointer.of("current_location"), zone);
    }

    private static Located moved(Node node) {
        return new Located(node.world, node.world.head().position(), true);
    }

    private static Located stayed(Node node) {
        return new Located(node.world, node.world.head().position(), false);
    }

    @Test
    void beforeALocationIsKnownItHoldsTheOwnPartAlone() {
        node.commit(enter(Node.ALICE, JsonNull.NULL));
        alice.takeAll(node.watch(ALICES, null));

        assertThat(alice.zone()).isNull();
        assertThat(alice.shared()).isEqualTo(JsonObject.EMPTY);
        assertThat(alice.own()).isNotNull();
    }

    @Test
    void whatHappensInAnotherZoneLeavesNoTraceButTheStep() {
        node.commit(enter(Node.ALICE, Json.of("shop")));
        Subscription stream = node.watch(ALICES, null);
        alice.takeAll(stream);
        node.commit(put("wood", "bottle"));
        node.commit(new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(3)));
        assertThat(stream.poll()).isNull();
        node.commit(put("shop", "jar"));

        Frame frame = stream.poll();

        assertThat(frame)
                .isInstanceOfSatisfying(
                        Frame.WorldUpdate.class,
                        update -> {
                            assertThat(update.base()).isEqualTo(1);
                            assertThat(update.cursor().world().revision()).isEqualTo(4);
                        });
        alice.take(frame);
        alice.assertSees(node.world.head());
    }

    @Test
    void whatGoesFromOneZoneToAnotherIsARemoveThereAndAnAddHere() {
        node.commit(enter(Node.ALICE, Json.of("shop")), enter(Node.BOB, Json.of("wood")));
        node.commit(put("shop", "bottle"));
        Subscription toAlice = node.watch(ALICES, null);
        Subscription toBob = node.watch(BOBS, null);
        alice.takeAll(toAlice);
        bob.takeAll(toBob);

        node.commit(take("shop", "bottle"), put("wood", "bottle"));

        assertThat(changes(toAlice)).containsExactly(take("shop", "bottle"));
        assertThat(changes(toBob)).containsExactly(put("wood", "bottle"));
    }

    @Test
    void whoComesToAnotherZoneIsGivenItInPlaceOfTheOld() {
        node.commit(enter(Node.ALICE, Json.of("shop")));
        Subscription stream = node.watch(ALICES, null);
        alice.takeAll(stream);

        node.commit(go(Node.ALICE, Json.of("wood")), put("wood", "bottle"));

        assertThat(stream.poll()).isInstanceOfSatisfying(Frame.Snapshot.class, alice::take);
        assertThat(alice.zone()).isEqualTo("wood");
        alice.assertSees(node.world.head());
        assertThat(stream.poll()).isNull();
    }

    @Test
    void aZoneThatIsGoneIsNowhere() {
        node.commit(enter(Node.ALICE, Json.of("shop")));
        Subscription stream = node.watch(ALICES, null);
        alice.takeAll(stream);

        node.commit(new Change.Remove(Part.SHARED, Pointer.of("locations", "shop")));
        alice.takeAll(stream);

        assertThat(alice.snapshots()).isEqualTo(2);
        assertThat(alice.zone()).isNull();
    }

    @Test
    void nobodyIsToldOfAnothersPart() {
        node.commit(enter(Node.ALICE, Json.of("shop")), enter(Node.BOB, Json.of("shop")));
        Subscription toAlice = node.watch(ALICES, null);
        Subscription toBob = node.watch(BOBS, null);
        alice.takeAll(toAlice);
        bob.takeAll(toBob);
        Change toInventory =
                new Change.Add(
                        Part.own(Node.ALICE), Pointer.of("inventory", "bottle"), thing("bottle"));

        node.commit(toInventory);

        assertThat(changes(toAlice)).containsExactly(toInventory);
        assertThat(toBob.poll()).isNull();
    }

    @Test
    void aClientThatComesBackAfterItsPlayerWentElsewhereIsGivenTheOtherZone() {
        node.commit(enter(Node.ALICE, Json.of("shop")));
        Subscription stream = node.watch(ALICES, null);
        alice.takeAll(stream);
        stream.close();
        node.commit(go(Node.ALICE, Json.of("wood")));
        node.commit(put("wood", "bottle"));

        alice.takeAll(node.watch(ALICES, alice.cursor()));

        assertThat(alice.snapshots()).isEqualTo(2);
        alice.assertSees(node.world.head());
    }

    @Test
    void aClientThatComesBackToItsZoneGetsWhatItMissedAndNoSnapshot() {
        node.commit(enter(Node.ALICE, Json.of("shop")));
        Subscription stream = node.watch(ALICES, null);
        alice.takeAll(stream);
        stream.close();
        node.commit(put("shop", "bottle"));
        node.commit(put("wood", "jar"));
        node.commit(put("shop", "lamp"));

        alice.takeAll(node.watch(ALICES, alice.cursor()));

        assertThat(alice.snapshots()).isEqualTo(1);
        assertThat(alice.updates()).isEqualTo(2);
        alice.assertSees(node.world.head());
    }

    @Test
    void aCursorOfTheWorldIsNoneOfAZone() {
        node.commit(enter(Node.ALICE, Json.of("shop")));
        Replica world = new Replica(Node.ALICE);
        world.takeAll(node.watch(Node.ALICE, null));

        alice.takeAll(node.watch(ALICES, world.cursor()));

        assertThat(alice.snapshots()).isEqualTo(1);
    }

    @Test
    void whoSaysWhereItIsIsToldOnceWhatIsThere() {
        node.commit(enter(Node.ALICE, Json.of("shop")));
        Subscription stream = node.watch(ALICES, null);
        alice.takeAll(stream);

        stream.refresh(stayed(node));
        alice.takeAll(stream);
        assertThat(alice.snapshots()).as("nothing has changed, and it is told").isEqualTo(2);

        node.commit(go(Node.ALICE, Json.of("wood")));
        stream.refresh(moved(node));
        alice.takeAll(stream);
        assertThat(alice.snapshots()).as("one snapshot for the new zone").isEqualTo(3);

        node.commit(go(Node.ALICE, Json.of("hill")));
        Located where = moved(node);
        alice.takeAll(stream);
        stream.refresh(where);
        alice.takeAll(stream);
        assertThat(alice.snapshots()).as("it was given before it was asked for").isEqualTo(4);
    }

    @Test
    void waitingDeltasOfAZoneAreSquashedToTheirNetEffectThere() {
        node.commit(enter(Node.ALICE, Json.of("shop")));
        Subscription stream = node.watch(ALICES, null);
        alice.takeAll(stream);
        for (int i = 0; i <= WeaveLimits.DEFAULT.squashAfter(); i++) {
            node.commit(put("wood", "bottle_" + i), put("shop", "jar_" + i));
        }

        assertThat(changes(stream))
                .hasSize(WeaveLimits.DEFAULT.squashAfter() + 1)
                .allMatch(change -> change.pointer().tokens().get(1).equals("shop"));
        assertThat(node.subscriptions.counters().squashes()).isEqualTo(1);
    }

    @Test
    void whoWasAwayAndCameBackMeanwhileIsToldTheNetEffect() {
        node.commit(enter(Node.ALICE, Json.of("shop")));
        Subscription stream = node.watch(ALICES, null);
        alice.takeAll(stream);
        node.commit(go(Node.ALICE, Json.of("wood")));
        node.commit(put("shop", "jar"));
        for (int i = 0; i <= WeaveLimits.DEFAULT.squashAfter(); i++) {
            node.commit(put("wood", "bottle_" + i));
        }
        node.commit(go(Node.ALICE, Json.of("shop")));

        alice.takeAll(stream);

        assertThat(alice.snapshots()).isEqualTo(1);
        assertThat(alice.updates()).isEqualTo(1);
        alice.assertSees(node.world.head());
    }

    /** I10: all viewers of one zone share one projection, and so its encodings. */
    @Test
    void aHundredViewersOfOneZoneShareOneProjection() {
        List<Subscription> streams =
                IntStream.range(0, 100)
                        .mapToObj(i -> {
                            UserId user = new UserId("user" + i);
                            node.commit(enter(user, Json.of(i % 2 == 0 ? "shop" : "wood")));
                            return node.watch(new View.Zone(user), null);
                        })
                        .toList();
        streams.forEach(Subscription::poll);

        node.commit(put("shop", "bottle"), put("wood", "jar"));

        Set<Projection> shown = new HashSet<>();
        streams.forEach(stream -> shown.add(((Frame.WorldUpdate) stream.poll()).projection()));
        assertThat(shown).hasSize(2);
    }

    private static List<Change> changes(Subscription stream) {
        return ((Frame.WorldUpdate) stream.poll()).projection().changes();
    }
}
