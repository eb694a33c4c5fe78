package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.View;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * I7 Isolation: a player receives exactly its view, live and on replay; {@link I2ChainTest} plays
 * it at random.
 */
class I7IsolationTest {
    private final Node node = new Node(new VirtualScheduler());

    private static Change own(UserId user) {
        return new Change.Add(
                Part.own(user),
                Pointer.ROOT,
                JsonObject.of("inventory", JsonArray.EMPTY, "secret", Json.of(user.value())));
    }

    @Test
    void aDeltaThatTouchesTwoPlayersShowsEachItsOwnPart() {
        Replica alice = new Replica(Node.ALICE);
        Replica bob = new Replica(Node.BOB);
        Subscription toAlice = node.watch(Node.ALICE, null);
        Subscription toBob = node.watch(Node.BOB, null);
        alice.takeAll(toAlice);
        bob.takeAll(toBob);
        node.commit(Node.ALICE, _ -> List.of(own(Node.ALICE), own(Node.BOB)));

        alice.takeAll(toAlice);
        bob.takeAll(toBob);

        alice.assertSees(node.world.head());
        bob.assertSees(node.world.head());
        assertThat(alice.own().text("secret")).isEqualTo("alice");
        assertThat(bob.own().text("secret")).isEqualTo("bob");
    }

    @Test
    void nothingOfAnotherPlayerIsShownLiveOrSquashedOrOnReplay() {
        Replica bob = new Replica(Node.BOB);
        Subscription stream = node.watch(Node.BOB, null);
        bob.takeAll(stream);
        Cursor before = bob.cursor();
        node.commit(own(Node.ALICE));
        for (int i = 0; i < 100; i++) {
            node.commit(new Change.Replace(Part.own(Node.ALICE), Pointer.of("secret"), Json.of(i)));
        }

        assertThat(stream.poll()).isNull();
        assertThat(node.watch(Node.BOB, before).poll()).isNull();
    }

    @Test
    void somebodyElsesCursorIsWorthNothing() {
        Subscription alices = node.watch(Node.ALICE, null);
        Cursor cursor = ((Frame.Snapshot) alices.poll()).cursor();

        assertThat(node.watch(Node.BOB, cursor).poll())
                .isInstanceOfSatisfying(
                        Frame.Snapshot.class,
                        snapshot ->
                                assertThat(snapshot.view()).isEqualTo(new View.World(Node.BOB)));
    }
}
