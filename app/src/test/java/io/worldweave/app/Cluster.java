package io.worldweave.app;

import static org.awaitility.Awaitility.await;

import io.worldweave.database.PostgresServer;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.nats.NatsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Nodes of the service on one PostgreSQL, with a NATS server between them over a {@link Cable}. */
final class Cluster implements AutoCloseable {
    final NatsServer nats = NatsServer.sample();
    final Cable cable = new Cable(nats.port());
    private final PostgresServer postgres;
    private final List<RunningServer> nodes = new ArrayList<>();

    private Cluster(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts a node for each of these buses, and NATS when they are ready.
     *
     * @param settings further ones of each node, as in the environment
     * @param buses {@code local}, {@code nats} or {@code jetstream}
     */
    static Cluster start(Map<String, String> settings, String... buses) throws IOException {
        Cluster cluster = new Cluster(PostgresServer.start());
        try {
            Map<String, String> environment = cluster.environment();
            environment.putAll(settings);
            for (String bus : buses) {
                environment.put("WORLDWEAVE_BUS", bus);
                cluster.nodes.add(RunningServer.start(environment));
            }
            cluster.nats.restart();
            for (int i = 0; i < buses.length; i++) {
                RunningServer node = cluster.node(i);
                if (!buses[i].equals("local")) {
                    await().atMost(Duration.ofSeconds(30)).until(() -> isWhole(node));
                }
            }
            return cluster;
        } catch (RuntimeException | IOException failure) {
            cluster.close();
            throw failure;
        }
    }

    private Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("WORLDWEAVE_STORE", "database");
        environment.put("WORLDWEAVE_DATABASE_URL", postgres.url(postgres.newDatabase()));
        environment.put("WORLDWEAVE_DATABASE_USER", PostgresServer.USER);
        environment.put("WORLDWEAVE_DATABASE_PASSWORD", PostgresServer.PASSWORD);
        environment.put("WORLDWEAVE_NATS_URL", "nats://127.0.0.1:" + cable.port());
        environment.put("WORLDWEAVE_NATS_USER", "node");
        environment.put("WORLDWEAVE_NATS_PASSWORD", NatsServer.password("node"));
        environment.put("WORLDWEAVE_NATS_PING", "PT0.5S");
        environment.put("WORLDWEAVE_NATS_HEALTH", "PT0.3S");
        return environment;
    }

    RunningServer node(int number) {
        return nodes.get(number);
    }

    /** Returns whether the node is connected, and its stream, if it has one, is there. */
    static boolean isWhole(RunningServer node) throws Exception {
        JsonObject health = Answers.json(node.get("/health/ready"));
        return ((JsonArray) Objects.requireNonNull(health.get("checks")))
                .elements().stream()
                        .map(JsonObject.class::cast)
                        .filter(check -> check.text("name", "").equals("nats"))
                        .map(check -> check.object("data"))
                        .anyMatch(data ->
                                JsonBoolean.TRUE.equals(data.get("connected"))
                                        && data.text("degraded", "").isEmpty());
    }

    @Override
    public void close() {
        nodes.forEach(RunningServer::close);
        cable.close();
        nats.close();
        postgres.close();
    }
}
