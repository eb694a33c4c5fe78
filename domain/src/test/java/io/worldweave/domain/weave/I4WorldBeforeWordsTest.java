package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.turn.ManualNarrator;
import io.worldweave.domain.turn.TestTurns;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.turn.TurnLimits;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * I4 World before words: world updates overtake waiting narrative, and the fence holds it until
 * they have gone.
 */
class I4WorldBeforeWordsTest {
    private final VirtualScheduler time = new VirtualScheduler();
    private final Node node = new Node(time);
    private final Turn turn = TestTurns.begin(node.world, Node.ALICE, time, TurnLimits.DEFAULT);
    private final ManualNarrator narrator = new ManualNarrator();

    private static Change clock(int value) {
        return new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(value));
    }

    private static List<String> kinds(Subscription stream) {
        List<String> kinds = new ArrayList<>();
        Frame frame;
        while ((frame = stream.poll()) != null) {
            kinds.add(kind(frame));
        }
        return kinds;
    }

    private static String kind(Frame frame) {
        return switch (frame) {
            case Frame.Said said -> said.event().getClass().getSimpleName();
            case Frame.WorldUpdate _ -> "WorldUpdate";
            default -> frame.getClass().getSimpleName();
        };
    }

    @Test
    void aTurnsStreamSaysThatItBeganThenWhatChangedThenTheWordsAndLastThatItIsDone() {
        long revision = node.commit(clock(1));
        TestTurns.ran(turn, revision);
        TestTurns.narrate(turn, narrator);
        narrator.write("It is one. ");
        narrator.complete();

        assertThat(kinds(node.follow(turn, null)))
                .containsExactly("Metadata", "WorldUpdate", "ToolUse", "Content", "Done");
    }

    @Test
    void aWaitingWorldUpdateOvertakesWaitingNarrative() {
        TestTurns.narrate(turn, narrator);
        Subscription stream = node.follow(turn, null);
        narrator.write("Once upon a time ");
        node.commit(clock(1));

        assertThat(kinds(stream)).containsExactly("Metadata", "WorldUpdate", "Content");
    }

    @Test
    void narrativeWaitsUntilTheStreamHasReachedItsRevision() {
        TestTurns.ran(turn, node.world.head().revision() + 1);
        TestTurns.narrate(turn, narrator);
        narrator.write("It is one.");
        Subscription stream = node.follow(turn, null);

        assertThat(kinds(stream)).containsExactly("Metadata");
        time.advance(Duration.ofMillis(249));
        assertThat(kinds(stream)).isEmpty();
        node.commit(clock(1));
        assertThat(kinds(stream)).containsExactly("WorldUpdate", "ToolUse", "Content");
        assertThat(node.subscriptions.counters().fencesPassed()).isZero();
    }

    @Test
    void aFenceThatDoesNotOpenInTimeIsPassedAndCounted() {
        TestTurns.ran(turn, node.world.head().revision() + 1);
        TestTurns.narrate(turn, narrator);
        narrator.write("It is one.");
        Subscription stream = node.follow(turn, null);
        kinds(stream);
        assertThat(stream.nanosUntilDue()).isEqualTo(Duration.ofMillis(250).toNanos());

        time.advance(Duration.ofMillis(250));

        assertThat(stream.nanosUntilDue()).isZero();
        assertThat(stream.poll()).isInstanceOf(Frame.Said.class);
        assertThat(node.subscriptions.counters().fencesPassed()).isEqualTo(1);
    }

    @Test
    void aRevisionThatTheViewerIsNotShownOpensTheFenceAllTheSame() {
        Change hidden = new Change.Add(Part.own(Node.BOB), Pointer.ROOT, JsonObject.EMPTY);
        TestTurns.ran(turn, node.commit(Node.BOB, _ -> List.of(hidden)));
        TestTurns.narrate(turn, narrator);
        narrator.write("Something happened elsewhere.");

        assertThat(kinds(node.follow(turn, null)))
                .containsExactly("Metadata", "ToolUse", "Content");
    }

    @Test
    void noInterleavingLetsWordsGoBeforeTheirRevision() {
        Seeded.times(2_000, this::interleave);
    }

    /**
     * A turn runs commands and writes, others write to the world, a viewer polls; all in any order.
     */
    private void interleave(Random random) {
        VirtualScheduler clock = new VirtualScheduler();
        Node shop = new Node(clock);
        Turn played = TestTurns.begin(shop.world, Node.ALICE, clock, TurnLimits.DEFAULT);
        ManualNarrator writer = new ManualNarrator();
        TestTurns.narrate(played, writer);
        Subscription stream = shop.follow(played, null);
        long fence = 0;
        List<Long> fences = new ArrayList<>();
        Viewer viewer = new Viewer();
        for (int step = 0; step < 80; step++) {
            switch (random.nextInt(4)) {
                case 0 -> shop.commit(Node.BOB, _ -> List.of(clock(random.nextInt(9))));
                case 1 -> {
                    fence = shop.commit(clock(random.nextInt(9)));
                    TestTurns.ran(played, fence);
                }
                case 2 -> {
                    writer.write(fence + " ");
                    fences.add(fence);
                }
                default -> viewer.take(stream.poll());
            }
        }
        writer.complete();
        Frame frame;
        while ((frame = stream.poll()) != null) {
            viewer.take(frame);
        }
        assertThat(viewer.done).as("done is last, exactly once").isEqualTo(1);
        assertThat(viewer.chunks).isEqualTo(fences);
    }

    /** Checks that each chunk, which names its fence, comes when the stream has reached it. */
    private static final class Viewer {
        private static final Pattern NUMBER = Pattern.compile("[0-9]+");

        private long version;
        private int done;
        private final List<Long> chunks = new ArrayList<>();

        void take(@Nullable Frame frame) {
            switch (frame) {
                case Frame.WorldUpdate update -> version = update.cursor().world().revision();
                case Frame.Said(var _, TurnEvent.Content(String text), var _) -> read(text);
                case Frame.Said(var _, TurnEvent.Done _, var _) -> done++;
                case null, default -> {}
            }
        }

        private void read(String text) {
            NUMBER.matcher(text)
                    .results()
                    .forEach(number -> {
                        long fence = Long.parseLong(number.group());
                        assertThat(fence)
                                .as("words about a revision that was not shown")
                                .isLessThanOrEqualTo(version);
                        chunks.add(fence);
                    });
        }
    }

    @Test
    void nothingFollowsDoneHoweverMuchWaits() {
        TestTurns.narrate(turn, narrator);
        Subscription stream = node.follow(turn, null);
        narrator.complete();
        for (int i = 1; i <= 30; i++) {
            node.commit(clock(i));
        }

        assertThat(kinds(stream)).endsWith("Done");
        node.commit(clock(99));
        assertThat(stream.poll()).isNull();
        assertThat(stream.isOver()).isTrue();
    }

    @Test
    void aFenceThatGaveWayDelaysTheTurnOnceAndNotEachEvent() {
        TestTurns.narrate(turn, narrator);
        Subscription stream = node.follow(turn, null);
        TestTurns.ran(turn, node.world.head().revision() + 1);
        narrator.write("It is one.");
        kinds(stream);
        time.advance(Duration.ofMillis(250));

        assertThat(kinds(stream)).containsExactly("ToolUse", "Content");
        narrator.complete();
        assertThat(kinds(stream)).containsExactly("Done");
        assertThat(node.subscriptions.counters().fencesPassed()).isEqualTo(1);
    }
}
