package io.worldweave.app.time;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.worldweave.domain.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RealSchedulerTest {
    private static final int PATIENCE_SECONDS = 10;

    private final RealScheduler scheduler = new RealScheduler(1_000);
    private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void whatIsDueFirstHappensFirstWhateverTheOrderOfAsking() throws Exception {
        scheduler.after(ofMillis(80), () -> happened.add("third"));
        scheduler.after(ofMillis(40), () -> happened.add("second"));
        scheduler.after(Duration.ZERO, () -> happened.add("first"));

        assertThat(List.of(next(), next(), next())).containsExactly("first", "second", "third");
    }

    @Test
    void nothingHappensBeforeItsTime() throws Exception {
        long begin = scheduler.nanoTime();
        scheduler.after(ofMillis(30), () -> happened.add("done"));
        next();

        assertThat(scheduler.nanoTime() - begin).isGreaterThanOrEqualTo(ofMillis(30).toNanos());
    }

    @Test
    void aDelayThatIsOverAlreadyIsNone() throws Exception {
        scheduler.after(ofMillis(-5), () -> happened.add("at once"));

        assertThat(next()).isEqualTo("at once");
    }

    @Test
    void whatIsCancelledDoesNotHappenAndLeavesNothingBehind() throws Exception {
        List<Scheduler.Timer> timers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            timers.add(scheduler.after(ofHours(1), () -> happened.add("never")));
        }
        timers.add(scheduler.after(ofMillis(20), () -> happened.add("never")));
        timers.forEach(Scheduler.Timer::cancel);
        timers.forEach(Scheduler.Timer::cancel);

        assertThat(scheduler.waiting()).isZero();
        scheduler.after(ofMillis(40), () -> happened.add("later"));
        assertThat(next()).isEqualTo("later");
    }

    @Test
    void aTaskThatFailsHarmsNoOther() throws Exception {
        scheduler.after(
                Duration.ZERO,
                () -> {
                    throw new IllegalStateException("fails on purpose");
                });
        scheduler.after(ofMillis(10), () -> happened.add("goes on"));

        assertThat(next()).isEqualTo("goes on");
    }

    @Test
    void aTaskThatBlocksDelaysNoOther() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        scheduler.after(Duration.ZERO, () -> await(free));
        scheduler.after(ofMillis(10), () -> happened.add("meanwhile"));

        assertThat(next()).isEqualTo("meanwhile");
        free.countDown();
    }

    @Test
    void moreTimersThanTheLimitAreRefused() {
        for (int i = 0; i < 1_000; i++) {
            scheduler.after(ofHours(1), () -> {});
        }

        assertThatThrownBy(() -> scheduler.after(ofHours(1), () -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("1000");
    }

    @Test
    void onceClosedNothingHappensAndNobodyIsTold() {
        scheduler.after(ofHours(1), () -> happened.add("never"));
        scheduler.close();

        scheduler.after(Duration.ZERO, () -> happened.add("never")).cancel();
        assertThat(scheduler.waiting()).isZero();
        assertThat(happened).isEmpty();
    }

    @Test
    void whatRepeatsGoesOnAfterATimeThatFailed() throws Exception {
        List<Integer> times = new ArrayList<>();
        Repeating.start(
                scheduler,
                ofMillis(5),
                () -> {
                    times.add(times.size());
                    happened.add("time " + times.size());
                    if (times.size() == 1) {
                        throw new IllegalStateException("fails on purpose");
                    }
                });

        assertThat(List.of(next(), next(), next())).containsExactly("time 1", "time 2", "time 3");
    }

    private String next() throws InterruptedException {
        String event = happened.poll(PATIENCE_SECONDS, SECONDS);
        assertThat(event).as("something within " + PATIENCE_SECONDS + " s").isNotNull();
        return event;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(PATIENCE_SECONDS, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
