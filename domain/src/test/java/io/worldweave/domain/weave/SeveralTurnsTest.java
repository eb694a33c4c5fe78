package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.live.RandomChanges;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.ManualNarrator;
import io.worldweave.domain.turn.TestTurns;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.turn.TurnLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A session on which several turns are told at once loses its connection at random points, and is
 * taken up from the cursor of the last frame that came (I3, I8).
 */
class SeveralTurnsTest {
    private static final TurnLimits PATIENT =
            new TurnLimits(
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    9_999,
                    9_999,
                    9,
                    9,
                    9);

    private final VirtualScheduler time = new VirtualScheduler();
    private final Node node = new Node(time);

    /** A client, with what it was told of each conversation. */
    private static final class Listener {
        private final Replica world = new Replica(Node.ALICE);
        private final Map<ConversationId, StringBuilder> texts = new HashMap<>();
        private final List<ConversationId> begun = new ArrayList<>();
        private final List<ConversationId> done = new ArrayList<>();
        private Cursor cursor;

        void take(Frame frame) {
            if (frame instanceof Frame.Said(var conversation, var event, var at)) {
                cursor = at;
                switch (event) {
                    case TurnEvent.Metadata _ -> begun.add(conversation);
                    case TurnEvent.Content(String text) ->
                            texts.computeIfAbsent(conversation, _ -> new StringBuilder())
                                    .append(text);
                    case TurnEvent.Done _ -> done.add(conversation);
                    default -> throw new AssertionError(event);
                }
                return;
            }
            world.take(frame);
            cursor = world.cursor();
        }
    }

    private record Told(Turn turn, ManualNarrator narrator) {}

    private List<Told> begin(int count) {
        List<Told> turns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Turn turn = TestTurns.begin("c-" + i, node.world, Node.ALICE, time, PATIENT);
            ManualNarrator narrator = new ManualNarrator();
            TestTurns.narrate(turn, narrator);
            turns.add(new Told(turn, narrator));
        }
        return turns;
    }

    @Test
    void whereverASessionBreaksOffEachOfItsTurnsGoesOnThere() {
        Seeded.times(300, this::tell);
    }

    private void tell(Random random) {
        List<Told> turns = begin(1 + random.nextInt(Cursor.TURNS_LIMIT));
        RandomChanges changes = new RandomChanges(random, List.of(Node.ALICE, Node.BOB));
        Listener alice = new Listener();
        Subscription stream = node.watch(Node.ALICE, null);
        for (Told told : turns) {
            stream.add(told.turn());
            takeUpTo(random.nextInt(3), stream, alice);
        }
        takeUpTo(turns.size() + 1, stream, alice);
        for (int i = 0; i < 60; i++) {
            Told told = turns.get(random.nextInt(turns.size()));
            switch (random.nextInt(8)) {
                case 0 -> node.commit(Node.BOB, changes::next);
                case 1 -> stream = comeBack(stream, alice, turns);
                case 2, 3, 4 -> told.narrator().write("word" + i + " ");
                default -> takeUpTo(1 + random.nextInt(3), stream, alice);
            }
        }
        for (Told told : turns) {
            told.narrator().write("the end");
            told.narrator().complete();
        }
        stream = comeBack(stream, alice, turns);
        takeUpTo(Integer.MAX_VALUE, stream, alice);
        stream.close();

        for (Told told : turns) {
            ConversationId conversation = told.turn().conversation();
            assertThat(alice.texts.getOrDefault(conversation, new StringBuilder()).toString())
                    .isEqualTo(told.turn().log().text());
            assertThat(alice.begun).containsOnlyOnce(conversation);
            assertThat(alice.done).containsOnlyOnce(conversation);
            assertThat(told.turn().log().watcherCount()).isZero();
        }
        alice.world.assertSees(node.world.head());
    }

    private static void takeUpTo(int most, Subscription stream, Listener listener) {
        for (int i = 0; i < most; i++) {
            Frame frame = stream.poll();
            if (frame == null) {
                return;
            }
            listener.take(frame);
        }
    }

    /** What was under way is lost, as far as the client can tell. */
    private Subscription comeBack(Subscription stream, Listener listener, List<Told> turns) {
        stream.poll();
        stream.close();
        Subscription again = node.watch(Node.ALICE, listener.cursor);
        for (Told told : turns) {
            if (listener.cursor.of(told.turn()) != null) {
                again.add(told.turn(), listener.cursor);
            }
        }
        return again;
    }

    @Test
    void aTurnBeginsAfterWhatTheClientIsToldOfTheWorldFirst() {
        Subscription stream = node.watch(Node.ALICE, null);
        stream.add(begin(1).getFirst().turn());

        assertThat(stream.poll()).isInstanceOf(Frame.Snapshot.class);
        assertThat(stream.poll()).isInstanceOf(Frame.Said.class);
    }

    @Test
    void aStreamTellsOfAsManyTurnsAsACursorHasPlacesForAlsoWhenTheyAreOverButNotTaken() {
        List<Told> turns = begin(Cursor.TURNS_LIMIT + 1);
        Turn oneMore = turns.getLast().turn();
        Listener alice = new Listener();
        Subscription stream = node.watch(Node.ALICE, null);
        for (Told told : turns.subList(0, Cursor.TURNS_LIMIT)) {
            assertThat(stream.isFull()).isFalse();
            stream.add(told.turn());
            told.narrator().write("the end");
            told.narrator().complete();
        }

        assertThat(stream.isFull()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> stream.add(oneMore));

        takeUpTo(Integer.MAX_VALUE, stream, alice);
        assertThat(alice.done).hasSize(Cursor.TURNS_LIMIT);
        assertThat(stream.isFull()).isFalse();
        stream.add(oneMore);
        takeUpTo(1, stream, alice);
        assertThat(alice.cursor.turns()).hasSize(1);
        assertThat(alice.cursor.of(oneMore)).isNotNull();
    }
}
