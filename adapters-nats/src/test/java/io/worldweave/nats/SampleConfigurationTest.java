package io.worldweave.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.worldweave.domain.bus.Heard;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** I7: with the sample configuration, only nodes are believed, and observers only hear. */
class SampleConfigurationTest {
    private static final WorldId SHOP = new WorldId.Shared(new ExperienceId("shop"));
    private static final UserId ALICE = new UserId("alice");

    private final NatsServer server = NatsServer.sample();
    private NatsBus here;
    private NatsBus there;
    private final List<News> news = new CopyOnWriteArrayList<>();
    private final List<Heard> said = new CopyOnWriteArrayList<>();

    @BeforeEach
    void connect() {
        server.restart();
        here = NatsBus.connect(node());
        there = NatsBus.connect(node());
        there.listen(SHOP, news::add);
        there.listen(ALICE, SHOP, null, said::add);
        await().until(() -> {
            here.publish(moved(1));
            return news.contains(moved(1));
        });
    }

    @AfterEach
    void end() {
        here.close();
        there.close();
        server.close();
    }

    private NatsSettings node() {
        return NatsSettings.of(server.url())
                .with(NatsSettings.Login.user("node", NatsServer.password("node")));
    }

    private static News moved(long revision) {
        return new News.Moved(SHOP, "e", revision);
    }

    /** Tries to say everything that there is to say, and what is allowed at last. */
    private void sayAs(String user) throws Exception {
        Connection connection = Nats.connect(server.url(user));
        try {
            byte[] forged = "{\"epoch\":\"e\",\"revision\":666}".getBytes(StandardCharsets.UTF_8);
            connection.publish("worldweave.delta.shop", forged);
            connection.publish("worldweave.presence.shop", forged);
            connection.publish("gaia.service.health", forged);
            connection.publish(
                    "world.updates.user.alice", "{\"n\":1}".getBytes(StandardCharsets.UTF_8));
            connection.flush(Duration.ofSeconds(5));
        } finally {
            connection.close();
        }
    }

    @Test
    void aPublisherSpeaksToPlayersAndIsNotBelievedAboutWorlds() throws Exception {
        try (Overheard health = Overheard.on(server, "gaia.service.>")) {
            sayAs("publisher");
            here.publish(moved(2));

            await().until(() -> news.contains(moved(2)) && said.size() == 1);
            assertThat(news).isSubsetOf(moved(1), moved(2));
            assertThat(there.counters().garbage()).isZero();
            assertThat(health.messages()).isEmpty();
        }
    }

    @Test
    void anObserverHearsAndSaysNothing() throws Exception {
        try (Overheard overheard = Overheard.on(server, "gaia.service.>")) {
            sayAs("observer");
            here.announcements().ready();
            here.publish(moved(2));

            await().until(() -> news.contains(moved(2)) && overheard.messages().size() == 1);
            assertThat(news).isSubsetOf(moved(1), moved(2));
            assertThat(said).isEmpty();
        }
    }

    @Test
    void whoIsNobodyIsNotLetIn() {
        try (NatsBus stranger = NatsBus.connect(NatsSettings.of(server.url()))) {
            await().until(() -> stranger.trouble().contains("Auth"));

            assertThat(stranger.isConnected()).isFalse();
        }
    }
}
