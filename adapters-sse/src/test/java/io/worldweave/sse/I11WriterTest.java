package io.worldweave.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.domain.turn.ManualNarrator;
import io.worldweave.domain.turn.TestTurns;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.weave.CloseReason;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.wire.Bell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName(
        "I11 One write for all that waits; I6 a stalled client costs nobody else; I9 nothing is left")
@Timeout(60)
class I11WriterTest {
    private static final int WRITERS = 20;

    private final Shop shop = new Shop();

    private final List<FutureTask<Void>> writers = new ArrayList<>();

    @AfterEach
    void allWritersEndWithTheService() {
        shop.subscriptions.close();

        await().until(() -> writers.stream().allMatch(FutureTask::isDone));
        assertThat(shop.subscriptions.openCount()).isZero();
        assertThat(shop.world.watcherCount()).isZero();
    }

    @Test
    void whatWaitsWhileAWriteIsUnderWayGoesIntoTheNext() throws Exception {
        Gate client = Gate.shut();
        write(shop.stream(), client);
        client.awaitArrival();
        for (int i = 1; i <= 10; i++) {
            shop.setClock("tick " + i);
        }

        client.pass();
        await().until(() -> client.writes().size() == 2);

        assertThat(client.writes().getFirst()).contains("\"snapshot\"").doesNotContain("tick");
        assertThat(client.writes().getLast())
                .contains("tick 1\"", "tick 10\"")
                .satisfies(text -> assertThat(text.split("world_update", -1)).hasSize(11));
    }

    @Test
    void anIdleStreamsEventGoesAtOnceAndAlone() throws Exception {
        Gate client = Gate.open();
        write(shop.stream(), client);
        await().until(() -> client.writes().size() == 1);

        shop.setClock("tick 1");
        await().until(() -> client.writes().size() == 2);
        shop.setClock("tick 2");
        await().until(() -> client.writes().size() == 3);

        assertThat(client.writes().get(1)).contains("tick 1\"");
        assertThat(client.writes().get(2)).contains("tick 2\"");
    }

    @Test
    void aBatchIsWrittenOnceItIsFull() throws Exception {
        Gate client = Gate.shut();
        write(shop.stream(), client);
        client.awaitArrival();
        int eventChars = 3_000;
        for (int i = 0; i < 40; i++) {
            shop.setClock("x".repeat(eventChars) + i);
        }

        client.pass();
        await().until(() -> client.text().contains("x39\""));

        assertThat(client.writes())
                .allSatisfy(write ->
                        assertThat(write.length())
                                .isLessThan(EventStream.BATCH_BYTES + 2 * eventChars));
        assertThat(client.writes().size()).isBetween(8, 12);
    }

    @Test
    void aClientThatTakesNothingHoldsUpNobody() throws Exception {
        Gate stalled = Gate.shut();
        Gate live = Gate.open();
        for (int i = 0; i < WRITERS; i++) {
            write(shop.stream(), stalled);
        }
        write(shop.stream(), live);
        stalled.awaitArrival();

        shop.setClock("tick 1");

        await().until(() -> live.text().contains("tick 1"));
        assertThat(stalled.writes()).isEmpty();
        stalled.fail();
    }

    @Test
    void aFailedWriteLeavesNothingBehind() throws Exception {
        Gate client = Gate.shut();
        write(shop.stream(), client);
        client.awaitArrival();

        client.fail();

        assertThat(writers.getLast()).failsWithin(Duration.ofSeconds(10));
        assertThat(shop.subscriptions.openCount()).isZero();
        assertThat(shop.world.watcherCount()).isZero();
    }

    @Test
    void aStoppingServiceSaysGoodbyeAndTheWriterEnds() {
        Gate client = Gate.open();
        write(shop.stream(), client);
        await().until(() -> client.writes().size() == 1);

        shop.subscriptions.close();

        assertThat(writers.getLast()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(client.writes().getLast()).contains("shutting_down", "\"retry\":true");
        assertThat(shop.world.watcherCount()).isZero();
    }

    @Test
    void aTurnsStreamEndsWithTheTurn() {
        Turn turn = shop.turn();
        Bell bell = new Bell();
        Subscription subscription = shop.follow(turn, bell);
        Gate client = Gate.open();
        write(new EventStream(subscription, bell, Shop.TEXT), client);
        ManualNarrator narrator = new ManualNarrator();
        TestTurns.narrate(turn, narrator);
        narrator.write("Hello.");

        narrator.complete();

        assertThat(writers.getLast()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(client.text())
                .startsWith("retry: 2000\n\n")
                .contains("Hello.")
                .contains("\"finish_reason\":\"stop\"");
        assertThat(shop.subscriptions.openCount()).isZero();
    }

    @Test
    void aStreamThatIsEndedWhileItWritesSaysGoodbyeOnce() throws Exception {
        Gate client = Gate.shut();
        Bell bell = new Bell();
        Subscription subscription = shop.watch(bell);
        write(new EventStream(subscription, bell, Shop.TEXT), client);
        client.awaitArrival();
        subscription.close(CloseReason.STALLED);
        subscription.close(CloseReason.SHUTDOWN);

        client.pass();

        assertThat(writers.getLast()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(client.text().split("\"type\":\"error\"", -1)).hasSize(2);
        assertThat(client.text()).contains("stalled");
    }

    private void write(EventStream stream, Gate client) {
        FutureTask<Void> writer =
                new FutureTask<>(() -> {
                    stream.writeTo(client);
                    return null;
                });
        writers.add(writer);
        Thread.ofVirtual().start(writer);
    }
}
