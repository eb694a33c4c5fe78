package io.worldweave.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.time.VirtualScheduler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedNarratorTest implements NarratorContract {
    private static final Pace PACE = new Pace(Duration.ofMillis(600), Duration.ofMillis(30));

    private final VirtualScheduler time = new VirtualScheduler();

    @Override
    public Narrator narrator() {
        return new ScriptedNarrator(time, PACE);
    }

    @Override
    public void settle() {
        time.advance(Duration.ofMinutes(1));
    }

    private Reader read(Pace pace) {
        Reader reader = new Reader();
        new ScriptedNarrator(time, pace).narrate(NarratorContract.scene()).subscribe(reader);
        return reader;
    }

    @Test
    void theFirstWordsComeAfterThePauseAndTheOthersAtThePace() {
        Reader reader = read(PACE);
        reader.request(Long.MAX_VALUE);
        time.advance(Duration.ofMillis(599));
        assertThat(reader.chunks()).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(reader.chunks()).hasSize(1);
        time.advance(Duration.ofMillis(30));
        assertThat(reader.chunks()).hasSize(2);
        settle();
        assertThat(reader.text()).isEqualTo(NarratorContract.scene().result().message());
        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void atOnceMeansAtOnce() {
        Reader reader = read(Pace.IMMEDIATE);
        reader.request(Long.MAX_VALUE);
        time.runDue();

        assertThat(reader.endings()).isEqualTo(1);
    }

    @Test
    void cancellingLeavesNoTimer() {
        Reader reader = read(PACE);
        reader.request(Long.MAX_VALUE);
        time.advance(Duration.ofMillis(600));
        reader.cancel();

        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void chunksPutTogetherAreTheText() {
        Seeded.times(
                500,
                random -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(40); i > 0; i--) {
                        text.append(
                                List.of("a", "word", " ", "\n\n", "é", "🙂", ", ")
                                        .get(random.nextInt(7)));
                    }
                    String said = String.join("", ScriptedNarrator.chunks(text.toString()));
                    assertThat(said).isEqualTo(text.toString().isBlank() ? "" : text.toString());
                });
    }
}
