package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.View;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.turn.ManualNarrator;
import io.worldweave.domain.turn.TestTurns;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.turn.TurnLimits;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * I12 Everything has a limit: those of streams and deltas. Those of worlds are in {@link
 * io.worldweave.domain.live.I1StoreIsTruthTest}'s package, of turns in {@code TurnTest} and {@code
 * TurnsTest}, of slow clients in {@link I6BoundedNotKilledTest}, of input in the wire module.
 */
class I12LimitsTest {
    private static WeaveLimits streams(int all, int perUser) {
        return new WeaveLimits(
                Duration.ZERO,
                1,
                Duration.ZERO,
                1,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                16,
                all,
                perUser);
    }

    private static Subscriptions.Opened open(Node node, String user) {
        return node.subscriptions.watch(
                node.world, new View.World(new UserId(user)), null, () -> {});
    }

    @Test
    void aUserHasSoManyStreamsAndOthersAreNotHeldBack() {
        Node node = new Node(new VirtualScheduler(), streams(10, 2));
        open(node, "alice");
        open(node, "alice");

        assertThat(open(node, "alice")).isInstanceOf(Subscriptions.Opened.TooMany.class);
        assertThat(open(node, "bob")).isInstanceOf(Subscriptions.Opened.Open.class);
    }

    @Test
    void aNodeHasSoManyStreams() {
        Node node = new Node(new VirtualScheduler(), streams(3, 2));
        for (String user : List.of("a", "b", "c")) {
            assertThat(open(node, user)).isInstanceOf(Subscriptions.Opened.Open.class);
        }

        assertThat(open(node, "d")).isInstanceOf(Subscriptions.Opened.TooMany.class);
    }

    @Test
    void aDeltaHasSoManyChanges() {
        Change change = new Change.Add(Part.SHARED, Pointer.of("x"), Json.of(1));
        List<Change> tooMany = Collections.nCopies(Delta.CHANGE_LIMIT + 1, change);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Delta(0, Actor.of(Node.ALICE), "test", 0, tooMany))
                .withMessageContaining("10000");
    }

    @Test
    void idsAreAsLongAsTheyMayBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId("x".repeat(129)));
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId("a\u0000b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId("a\u202eb"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ExperienceId("x".repeat(65)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ExperienceId("../etc"));
        assertThat(new UserId("player@example.com").value()).isEqualTo("player@example.com");
        assertThat(new UserId("🙂".repeat(128)).value()).hasSize(256);
    }

    @Test
    void aPieceOfNarrativeHasALengthAndNothingIsLostAtItsEnd() {
        VirtualScheduler time = new VirtualScheduler();
        Node node = new Node(time);
        Turn turn = TestTurns.begin(node.world, Node.ALICE, time, TurnLimits.DEFAULT);
        ManualNarrator narrator = new ManualNarrator();
        TestTurns.narrate(turn, narrator);
        String chunk = "x".repeat(1_000);
        for (int i = 0; i < 40; i++) {
            narrator.write(chunk);
        }
        Replica alice = new Replica(Node.ALICE, turn.world().head());
        alice.takeAll(node.follow(turn, null));

        assertThat(alice.text()).hasSize(40_000);
        assertThat(alice.events())
                .filteredOn(TurnEvent.Content.class::isInstance)
                .allSatisfy(event ->
                        assertThat(((TurnEvent.Content) event).text().length())
                                .isLessThanOrEqualTo(8_192));
    }

    @Test
    void aNodeHasNoMoreStreamsThanItMayWhenManyOpenAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 500; round++) {
                Node node = new Node(new VirtualScheduler(), streams(1, 8));
                CountDownLatch go = new CountDownLatch(1);
                List<Future<Subscriptions.Opened>> all = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    all.add(
                            threads.submit(() -> {
                                go.await();
                                return open(node, "alice");
                            }));
                }
                go.countDown();
                int opened = 0;
                for (Future<Subscriptions.Opened> each : all) {
                    opened += each.get() instanceof Subscriptions.Opened.Open ? 1 : 0;
                }
                assertThat(opened).isEqualTo(1);
                assertThat(node.subscriptions.openCount()).isEqualTo(1);
            }
        }
    }
}
