package io.worldweave.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScriptedNarratorTest {
    private final VirtualScheduler time = new VirtualScheduler();

    private static Scene scene(String text) {
        return new Scene(
                new Experience(
                        new ExperienceId("shop"),
                        "Shop",
                        "1.0.0",
                        Experience.StateModel.SHARED,
                        JsonObject.EMPTY,
                        JsonObject.EMPTY,
                        Map.of(),
                        Map.of(),
                        Map.of()),
                new Identity(new UserId("alice"), Set.of()),
                "look",
                new ActionResult(
                        "look", true, "success", text, null, JsonObject.EMPTY, JsonObject.EMPTY),
                WorldState.initial("e", JsonObject.EMPTY));
    }

    /** A listener that asks for as many chunks as it is told to. */
    private static final class Listener implements Flow.Subscriber<String> {
        private final List<String> heard = new ArrayList<>();
        private Flow.@Nullable Subscription subscription;
        private int completions;
        private int failures;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(String chunk) {
            heard.add(chunk);
        }

        @Override
        public void onError(Throwable failure) {
            failures++;
        }

        @Override
        public void onComplete() {
            completions++;
        }
    }

    private Listener listen(String text, Pace pace) {
        Listener listener = new Listener();
        new ScriptedNarrator(time, pace).narrate(scene(text)).subscribe(listener);
        return listener;
    }

    @Test
    void theFirstWordsComeAfterThePauseAndTheOthersAtThePace() {
        Listener listener =
                listen(
                        "one two three four five",
                        new Pace(Duration.ofMillis(600), Duration.ofMillis(30)));
        listener.subscription.request(Long.MAX_VALUE);
        time.advance(Duration.ofMillis(599));
        assertThat(listener.heard).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(listener.heard).hasSize(1);
        time.advance(Duration.ofMillis(30));
        assertThat(listener.heard).hasSize(2);
        time.advance(Duration.ofSeconds(1));
        assertThat(String.join("", listener.heard)).isEqualTo("one two three four five");
        assertThat(listener.completions).isEqualTo(1);
        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void atOnceMeansAtOnce() {
        Listener listener = listen("one two three", Pace.IMMEDIATE);
        listener.subscription.request(Long.MAX_VALUE);
        time.runDue();

        assertThat(listener.completions).isEqualTo(1);
    }

    @Test
    void noMoreIsSaidThanWasAskedFor() {
        Listener listener = listen("one two three four five six", Pace.IMMEDIATE);
        time.advance(Duration.ofSeconds(1));
        assertThat(listener.heard).isEmpty();
        listener.subscription.request(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(listener.heard).hasSize(1);
        listener.subscription.request(5);
        time.advance(Duration.ofSeconds(1));
        assertThat(listener.completions).isEqualTo(1);
    }

    @Test
    void cancellingSilencesItAtOnceAndLeavesNoTimer() {
        Listener listener =
                listen(
                        "one two three four",
                        new Pace(Duration.ofMillis(10), Duration.ofMillis(10)));
        listener.subscription.request(Long.MAX_VALUE);
        time.advance(Duration.ofMillis(10));
        listener.subscription.cancel();
        time.advance(Duration.ofSeconds(1));

        assertThat(listener.heard).hasSize(1);
        assertThat(listener.completions).isZero();
        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void aDemandThatIsNotPositiveIsAnError() {
        Listener listener = listen("one two", Pace.IMMEDIATE);
        listener.subscription.request(0);
        time.advance(Duration.ofSeconds(1));

        assertThat(listener.failures).isEqualTo(1);
        assertThat(listener.completions).isZero();
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
