package io.worldweave.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.RandomChanges;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.turn.TurnEvent.FinishReason;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnTest {
    private final VirtualScheduler time = new VirtualScheduler();
    private final LiveWorld world =
            new Worlds(new MemoryWorldStore(), new LocalBus().join(), time, LiveLimits.DEFAULT)
                    .open(new WorldId.Shared(new ExperienceId("shop")), RandomChanges::world);
    private final ManualNarrator narrator = new ManualNarrator();

    private Turn begin(TurnLimits limits) {
        Turn turn = TestTurns.begin(world, new UserId("alice"), time, limits);
        turn.joined();
        return turn;
    }

    private static List<TurnEvent> events(Turn turn) {
        List<TurnEvent> events = new ArrayList<>();
        TurnLog.Next next;
        long offset = 0;
        while ((next = turn.log().next(offset, Long.MAX_VALUE)) != null) {
            events.add(next.event());
            offset = next.offset();
        }
        return events;
    }

    @Test
    void aNarratorThatFailsBeforeItsFirstWordsEndsTheTurnWithAnError() {
        Turn turn = begin(TurnLimits.DEFAULT);
        TestTurns.narrate(turn, narrator);
        narrator.fail();

        assertThat(events(turn))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Metadata", "Failure", "Done");
        assertThat(events(turn).getLast()).isEqualTo(new TurnEvent.Done(FinishReason.ERROR));
    }

    @Test
    void aNarratorThatFailsAfterItsFirstWordsKeepsThem() {
        Turn turn = begin(TurnLimits.DEFAULT);
        TestTurns.narrate(turn, narrator);
        narrator.write("Once ");
        narrator.fail();

        assertThat(turn.log().text()).isEqualTo("Once ");
        assertThat(events(turn).getLast()).isEqualTo(new TurnEvent.Done(FinishReason.ERROR));
    }

    @Test
    void aTurnThatTakesTooLongTimesOutAndItsNarratorIsCancelled() {
        Turn turn = begin(TurnLimits.DEFAULT);
        TestTurns.narrate(turn, narrator);
        narrator.write("Once ");
        time.advance(TurnLimits.DEFAULT.whole().minusMillis(1));
        assertThat(turn.isOver()).isFalse();
        time.advance(Duration.ofMillis(1));

        assertThat(events(turn).getLast()).isEqualTo(new TurnEvent.Done(FinishReason.TIMEOUT));
        assertThat(narrator.isCancelled()).isTrue();
    }

    @Test
    void aNarratorThatNeverStopsIsCutOffAtTheLimit() {
        TurnLimits limits = TurnLimits.DEFAULT.withText(100);
        Turn turn = begin(limits);
        TestTurns.narrate(turn, narrator);
        for (int i = 0; i < 11; i++) {
            narrator.write("ten chars ");
        }

        assertThat(turn.log().text()).hasSize(100);
        assertThat(turn.isOver()).isTrue();
        assertThat(narrator.isCancelled()).isTrue();
    }

    @Test
    void aTurnThatWasStoppedBeforeItsNarratorBeganNeverListensToIt() {
        Turn turn = begin(TurnLimits.DEFAULT);
        turn.stop();
        TestTurns.narrate(turn, narrator);

        assertThat(narrator.isAsked()).isFalse();
    }

    @Test
    void aTurnEndsExactlyOnceWhateverItsNarratorDoes() {
        Seeded.times(2_000, this::misbehave);
    }

    private void misbehave(Random random) {
        Turn turn = begin(TurnLimits.DEFAULT);
        ManualNarrator wild = new ManualNarrator();
        if (random.nextInt(10) > 0) {
            TestTurns.narrate(turn, wild);
            for (int i = random.nextInt(12); i > 0; i--) {
                switch (random.nextInt(6)) {
                    case 0 -> wild.fail();
                    case 1 -> wild.complete();
                    case 2 -> turn.stop();
                    case 3 -> time.advance(Duration.ofSeconds(random.nextInt(90)));
                    default -> wild.force("word ");
                }
            }
        }
        turn.stop();
        time.advance(Duration.ofMinutes(5));

        List<TurnEvent> events = events(turn);
        assertThat(events.getFirst()).isInstanceOf(TurnEvent.Metadata.class);
        assertThat(events.getLast()).isInstanceOf(TurnEvent.Done.class);
        assertThat(events).filteredOn(TurnEvent.Done.class::isInstance).hasSize(1);
    }

    @Test
    void aViewerInTheMiddleOfAChunkReadsOnFromThere() {
        Turn turn = begin(TurnLimits.DEFAULT);
        TestTurns.narrate(turn, narrator);
        narrator.write("abcdef");
        narrator.write("ghi");

        assertThat(turn.log().next(4, 0))
                .isEqualTo(new TurnLog.Next(new TurnEvent.Content("defghi"), 10));
    }

    @Test
    void aCharacterThatTheNarratorCutsInTwoIsSaidWhole() {
        Turn turn = begin(TurnLimits.DEFAULT);
        TestTurns.narrate(turn, narrator);
        narrator.write("a" + "🙂".charAt(0));
        assertThat(turn.log().text()).isEqualTo("a");
        narrator.write("🙂".charAt(1) + "b");

        assertThat(turn.log().text()).isEqualTo("a🙂b");
    }

    @Test
    void aChunkThatIsNullIsTheNarratorsMistakeAndNoText() {
        Turn turn = begin(TurnLimits.DEFAULT);
        TestTurns.narrate(turn, narrator);

        assertThatNullPointerException().isThrownBy(() -> narrator.force(null));
        assertThat(turn.log().text()).isEmpty();
    }
}
