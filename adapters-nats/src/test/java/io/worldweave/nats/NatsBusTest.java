package io.worldweave.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.ForwardingBus;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.bus.OutsideBusContract;
import io.worldweave.domain.turn.TurnBus;
import io.worldweave.domain.turn.TurnBusContract;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.user.UserToken;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The contract of buses, over a real server. */
@ResourceLock("the server of NatsBusTest")
class NatsBusTest implements OutsideBusContract, TurnBusContract {
    private static final WorldId PROBE = new WorldId.Shared(new ExperienceId("probe"));

    private static NatsServer server;

    private final AtomicLong probes = new AtomicLong();
    private final List<Node> nodes = new ArrayList<>();
    private final Node witness = new Node(settings());

    @BeforeAll
    static void startServer() {
        server = NatsServer.jetStream();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void dismissTheWitness() {
        nodes.stream().filter(node -> !node.left).forEach(Node::close);
        witness.close();
    }

    /** Returns how the nodes reach the server. */
    NatsSettings settings() {
        return NatsSettings.of(server.url());
    }

    @Override
    public Bus join() {
        return joined();
    }

    @Override
    public TurnBus joinTurns() {
        return joined().bus;
    }

    private Node joined() {
        Node node = new Node(settings());
        nodes.add(node);
        return node;
    }

    @Override
    public void settleTurns() {
        settle();
    }

    /** Whoever hears a probe has heard, and said, all that came before it. */
    @Override
    public void settle() {
        List<Node> here = nodes.stream().filter(node -> !node.left).toList();
        here.forEach(node -> probe(node, witness));
        here.forEach(node -> probe(witness, node));
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> here.stream().allMatch(node -> node.bus.hasLooked()));
    }

    @Override
    public void say(UserId user, String json) {
        server.publish(
                "world.updates.user." + UserToken.encode(user),
                json.getBytes(StandardCharsets.UTF_8));
    }

    private void probe(Node from, Node to) {
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    long number = probes.incrementAndGet();
                    from.publish(new News.Moved(PROBE, "probe", number));
                    for (int i = 0; i < 100 && to.heard.get() < number; i++) {
                        Thread.sleep(1);
                    }
                    return to.heard.get() >= number;
                });
    }

    /** A bus that hears probes. */
    private static final class Node extends ForwardingBus {
        private final NatsBus bus;
        private final AtomicLong heard = new AtomicLong();
        private volatile boolean left;

        Node(NatsSettings settings) {
            this(NatsBus.connect(settings));
        }

        private Node(NatsBus bus) {
            super(bus);
            this.bus = bus;
            bus.listen(PROBE, news -> heard.set(((News.Moved) news).revision()));
            await().pollInterval(Duration.ofMillis(5)).until(() -> bus.trouble().isEmpty());
        }

        @Override
        public void close() {
            left = true;
            super.close();
            assertThat(bus.isConnected()).isFalse();
        }
    }
}
