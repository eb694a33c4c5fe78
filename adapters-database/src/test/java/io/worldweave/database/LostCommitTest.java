package io.worldweave.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.worldweave.database.CuttingProxy.Cut;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.TestDeltas;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that break where a commit ends: nothing is lost, and nothing is made twice. */
final class LostCommitTest {
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));
    private static final JsonObject SEED = JsonObject.of("season", Json.of("autumn"));
    private static final String APPEND = "insert into worldweave_delta";
    private static final String COMMIT = "COMMIT";
    private static final int ROUNDS = Boolean.getBoolean("long") ? 100 : 8;

    private final PostgresServer server = PostgresServer.shared();
    private final String database = server.newDatabase();
    private CuttingProxy proxy;
    private HikariDataSource cutLine;
    private HikariDataSource safeLine;

    @BeforeEach
    void connect() throws IOException {
        proxy = new CuttingProxy(server.port());
        cutLine = TestSource.pool(proxy.url(database));
        safeLine = TestSource.pool(server.url(database));
    }

    @AfterEach
    void disconnect() throws IOException {
        cutLine.close();
        safeLine.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void aCommitWhoseConnectionBreaksIsMadeOnce(Cut cut) {
        everyCommitIsMadeOnce(
                cut, APPEND, (store, base) -> store.commit(WORLD, base, next(base.revision())));
    }

    @ParameterizedTest
    @EnumSource
    void aCommitInTurnWhoseCommitIsLostIsMadeOnce(Cut cut) {
        everyCommitIsMadeOnce(
                cut,
                COMMIT,
                (store, base) ->
                        store.commitInTurn(
                                WORLD, base, missed -> next(base.revision() + missed.size())));
    }

    @ParameterizedTest
    @EnumSource
    void aNewBeginningWhoseCommitIsLostIsMadeOnce(Cut cut) {
        try (WorldStore store = new DatabaseWorldStore(cutLine, DatabaseLimits.STANDARD)) {
            Position base = store.open(WORLD, () -> SEED).head().position();
            proxy.cutAt(COMMIT, cut);

            Outcome outcome = store.restart(WORLD, base, WorldState.initial("any", SEED));

            assertThat(proxy.hasCut()).isTrue();
            Position begin = store.position(WORLD);
            assertThat(outcome).isEqualTo(new Outcome.Committed(begin));
            assertThat(begin.epoch()).isNotEqualTo(base.epoch());
            assertThat(begin.revision()).isEqualTo(1);
        }
    }

    private void everyCommitIsMadeOnce(
            Cut cut, String text, BiFunction<WorldStore, Position, Outcome> commit) {
        try (WorldStore store = new DatabaseWorldStore(cutLine, DatabaseLimits.STANDARD);
                WorldStore other = new DatabaseWorldStore(safeLine, DatabaseLimits.STANDARD)) {
            Position base = store.open(WORLD, () -> SEED).head().position();
            for (int round = 0; round < ROUNDS; round++) {
                proxy.cutAt(text, cut);
                assertThat(commit.apply(store, base.at(round)))
                        .as("round %d", round)
                        .isEqualTo(new Outcome.Committed(base.at(round + 1)));
                assertThat(proxy.hasCut()).isTrue();
            }
            other.open(WORLD, () -> SEED);
            assertThat(other.since(WORLD, base))
                    .isEqualTo(new Since.Deltas(TestDeltas.run(0, ROUNDS, "gate")));
        }
    }

    @Test
    void betweenOtherNodesCommitsTheLostOnesAreFoundToo() throws Exception {
        Random random = new Random(7);
        try (WorldStore store = new DatabaseWorldStore(cutLine, DatabaseLimits.STANDARD);
                WorldStore other = new DatabaseWorldStore(safeLine, DatabaseLimits.STANDARD);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Position base = store.open(WORLD, () -> SEED).head().position();
            other.open(WORLD, () -> SEED);
            Future<?> writing =
                    threads.submit(() -> {
                        for (int i = 0; i < 3 * ROUNDS; i++) {
                            inTurn(other, base, "other");
                        }
                    });
            int made = 0;
            for (int i = 0; i < ROUNDS; i++) {
                proxy.cutAt(COMMIT, eitherOf(random));
                // Somebody else may have come between the cut and the second attempt.
                while (!(inTurn(store, base, "cut") instanceof Outcome.Committed)) {
                    proxy.cutAt(COMMIT, eitherOf(random));
                }
                made++;
            }
            writing.get();

            List<Delta> deltas = ((Since.Deltas) other.since(WORLD, base)).deltas();
            assertThat(deltas.stream().filter(delta -> isOf(delta, "cut"))).hasSize(made);
            assertThat(deltas.stream().filter(delta -> isOf(delta, "other"))).hasSize(3 * ROUNDS);
        }
    }

    private static Cut eitherOf(Random random) {
        return random.nextBoolean() ? Cut.BEFORE_THE_STATEMENT : Cut.BEFORE_THE_ANSWER;
    }

    private static Outcome inTurn(WorldStore store, Position base, String name) {
        return store.commitInTurn(
                WORLD,
                base,
                missed -> {
                    long present = base.revision() + missed.size();
                    return List.of(TestDeltas.put(present, name, Json.of(present)));
                });
    }

    private static boolean isOf(Delta delta, String name) {
        return delta.changes().getFirst().pointer().toString().equals("/" + name);
    }

    private static List<Delta> next(long revision) {
        return new ArrayList<>(TestDeltas.run(revision, 1, "gate"));
    }
}
