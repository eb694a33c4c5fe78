package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.turn.ManualNarrator;
import io.worldweave.domain.turn.TestTurns;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnLimits;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** I5 Words still flow: a flood of world updates cannot starve narrative. */
class I5WordsStillFlowTest {
    private final VirtualScheduler time = new VirtualScheduler();
    private final Node node = new Node(time);
    private final Turn turn = TestTurns.begin(node.world, Node.ALICE, time, TurnLimits.DEFAULT);
    private final ManualNarrator narrator = new ManualNarrator();
    private int tick;

    private void flood() {
        node.commit(new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(++tick)));
    }

    private Subscription talkingStream() {
        TestTurns.narrate(turn, narrator);
        Subscription stream = node.follow(turn, null);
        assertThat(stream.poll()).isInstanceOf(Frame.Said.class);
        return stream;
    }

    @Test
    void afterARunOfWorldUpdatesOneFrameOfNarrativeGoes() {
        Subscription stream = talkingStream();
        narrator.write("Listen. ");
        int run = 0;
        Frame frame;
        do {
            flood();
            frame = stream.poll();
            run++;
        } while (frame instanceof Frame.WorldUpdate && run < 1_000);

        assertThat(frame).isInstanceOf(Frame.Said.class);
        assertThat(run).isLessThanOrEqualTo(WeaveLimits.DEFAULT.worldRun() + 2);
        flood();
        assertThat(stream.poll())
                .as("and then the world goes first again")
                .isInstanceOf(Frame.WorldUpdate.class);
    }

    @Test
    void afterATimeOneFrameOfNarrativeGoesHoweverSlowTheClient() {
        Subscription stream = talkingStream();
        narrator.write("Listen. ");
        flood();
        assertThat(stream.poll()).isInstanceOf(Frame.WorldUpdate.class);
        flood();
        time.advance(WeaveLimits.DEFAULT.worldTime().minus(Duration.ofMillis(1)));
        assertThat(stream.poll()).isInstanceOf(Frame.WorldUpdate.class);
        flood();
        time.advance(Duration.ofMillis(1));

        assertThat(stream.poll()).isInstanceOf(Frame.Said.class);
    }

    @Test
    void evenThenTheFenceHolds() {
        Subscription stream = talkingStream();
        TestTurns.ran(turn, node.world.head().revision() + 100);
        narrator.write("About what is to come. ");
        for (int i = 0; i < 50; i++) {
            flood();
            assertThat(stream.poll()).isInstanceOf(Frame.WorldUpdate.class);
        }
    }
}
