package io.worldweave.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.domain.bus.News;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bus while its server is late, away, paused, or told nonsense. */
@Timeout(60)
class NatsFaultsTest {
    private static final WorldId SHOP = new WorldId.Shared(new ExperienceId("shop"));
    private static final int CHURN = Boolean.getBoolean("long") ? 10_000 : 1_000;
    private static final NatsSettings.Limits QUICK =
            new NatsSettings.Limits(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(50),
                    Duration.ofMillis(200),
                    1_000,
                    1024 * 1024,
                    64 * 1024,
                    Duration.ofSeconds(15));

    private final NatsServer server = NatsServer.prepared();
    private final NatsBus here = NatsBus.connect(NatsSettings.of(server.url()).with(QUICK));
    private final NatsBus there = NatsBus.connect(NatsSettings.of(server.url()).with(QUICK));
    private final List<News> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        here.close();
        there.close();
        server.close();
    }

    private void connect() {
        server.restart();
        await().until(() -> here.isConnected() && there.isConnected());
    }

    private static News news(long base, String text) {
        Change change = new Change.Add(Part.SHARED, Pointer.of("n"), Json.of(text));
        Actor actor = Actor.of(new UserId("alice"));
        return new News.Committed(
                SHOP, "epoch", new Delta(base, actor, "test", 7, List.of(change)));
    }

    /** Publishes until it is heard: what was said before the other one could listen is lost. */
    private void awaitHeard(long base) {
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    here.publish(news(base, "x"));
                    return heard.contains(news(base, "x"));
                });
    }

    @Test
    void aServerThatComesLaterIsConnectedAndWhatWasListenedToIsHeard() {
        there.listen(SHOP, heard::add);
        assertThat(here.trouble()).isNotEmpty();

        connect();

        awaitHeard(1);
        assertThat(here.trouble()).isEmpty();
    }

    @Test
    void whatIsPublishedWithoutAServerIsDroppedAndCounted() {
        for (int i = 0; i < 5_000; i++) {
            here.publish(news(i, "x"));
        }

        await().until(() -> here.counters().unsent() == 5_000);
        assertThat(here.waiting()).isZero();
    }

    @Test
    void aServerThatIsKilledAndRestartedIsHeardAgain() {
        connect();
        there.listen(SHOP, heard::add);
        awaitHeard(1);

        server.kill();
        await().until(() -> !here.isConnected() && !there.isConnected());
        here.publish(news(2, "x"));
        await().until(() -> here.counters().unsent() > 0);
        connect();

        awaitHeard(3);
        assertThat(heard).as("what is old helps nobody").doesNotContain(news(2, "x"));
    }

    @Test
    void aServerThatIsPausedKeepsNobodyWaitingAndMoreThanTheLimitIsDropped() {
        connect();
        there.listen(SHOP, heard::add);
        awaitHeard(1);

        server.pause();
        String kilobyte = "x".repeat(1_024);
        for (int i = 0; i < 20_000; i++) {
            here.publish(news(i, kilobyte));
        }
        assertThat(here.waiting()).isLessThanOrEqualTo(1_000);
        assertThat(here.counters().unsent()).isPositive();
        await().until(() -> !here.isConnected());
        server.resume();

        await().until(here::isConnected);
        awaitHeard(30_000);
    }

    @Test
    void deltasThatWaitTogetherShareAMessageAndComeInOrder() {
        connect();
        there.listen(SHOP, heard::add);
        awaitHeard(0);
        long before = here.counters().sent();
        for (int i = 1; i <= 500; i++) {
            here.publish(news(i, "y"));
        }
        await().until(() -> heard.contains(news(500, "y")));

        assertThat(heard.stream().filter(news -> !news.equals(news(0, "x"))))
                .hasSize(500)
                .isSortedAccordingTo((one, other) ->
                        Long.compare(
                                ((News.Committed) one).delta().base(),
                                ((News.Committed) other).delta().base()));
        assertThat(here.counters().sent() - before).isLessThan(400);
    }

    @Test
    void aDeltaThatIsTooLongForTheServerIsNamed() {
        connect();
        there.listen(SHOP, heard::add);
        awaitHeard(0);
        heard.clear();

        here.publish(news(1, "y"));
        here.publish(news(2, "y".repeat(1024 * 1024)));

        await().until(() -> heard.contains(new News.Moved(SHOP, "epoch", 3)));
        assertThat(heard).contains(news(1, "y"));
    }

    @Test
    void whatIsNoNewsIsCountedAndHarmsNobody() {
        connect();
        there.listen(SHOP, heard::add);
        awaitHeard(0);
        List<String> garbage =
                List.of(
                        "",
                        "no JSON",
                        "[]",
                        "{}",
                        "{\"epoch\":1,\"deltas\":[]}",
                        "{\"epoch\":\"e\",\"revision\":1.5}",
                        "{\"epoch\":\"e\",\"deltas\":[{\"base\":-1}]}",
                        "{\"epoch\":\"e\",\"deltas\":[7]}",
                        "[".repeat(100_000));
        for (String text : garbage) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            server.publish("worldweave.delta.shop", bytes);
            server.publish("worldweave.presence.shop", bytes);
        }
        server.publish("worldweave.delta.shop", new byte[] {(byte) 0xff, 0});
        awaitHeard(9);

        assertThat(there.counters().garbage()).isEqualTo(2 * garbage.size() + 1);
        assertThat(heard).isSubsetOf(news(0, "x"), news(9, "x"));
    }

    @Test
    void anInterestThatHasEndedLeavesNoSubscription() {
        connect();
        there.listen(SHOP, heard::add);
        awaitHeard(0);
        long before = subscriptions();
        for (int i = 0; i < CHURN; i++) {
            UserId user = new UserId("user" + i % 100);
            WorldId world = new WorldId.Isolated(new ExperienceId("shop"), user);
            there.listen(world, heard::add).close();
            there.listen(user, SHOP, null, _ -> {}).close();
        }
        awaitHeard(1);

        assertThat(there.subjectCount()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(subscriptions()).isEqualTo(before));
    }

    private long subscriptions() {
        String text = server.monitor("/connz?subs=1");
        return text.split("worldweave\\.|world\\.updates", -1).length - 1L;
    }
}
