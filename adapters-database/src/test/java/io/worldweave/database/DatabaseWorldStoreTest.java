package io.worldweave.database;

import static io.worldweave.domain.store.TestDeltas.putOwn;
import static io.worldweave.domain.store.TestDeltas.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.store.TestDeltas;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DatabaseWorldStoreTest {
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");
    private static final JsonObject SEED = JsonObject.of("season", Json.of("autumn"));
    private static final DatabaseLimits TEN_DELTAS =
            DatabaseLimits.STANDARD.keeping(10, Long.MAX_VALUE, Duration.ZERO);

    private final PostgresServer server = PostgresServer.shared();
    private final HikariDataSource source = TestSource.pool(server.url(server.newDatabase()));

    @AfterEach
    void disconnect() {
        source.close();
    }

    @Test
    void aCommitWritesItsDeltaAndNothingElse() throws SQLException {
        try (DatabaseWorldStore store = new DatabaseWorldStore(source, TEN_DELTAS)) {
            Position base = open(store).head().position();
            String documents = text("select string_agg(ctid::text, ' ') from worldweave_document");

            store.commit(WORLD, base, List.of(putOwn(0, ALICE, SEED)));
            store.commit(WORLD, base.at(1), run(1, 5, "gate"));

            assertThat(text("select string_agg(ctid::text, ' ') from worldweave_document"))
                    .isEqualTo(documents);
            assertThat(text("select count(*) from worldweave_delta")).isEqualTo("6");
        }
    }

    @Test
    void theHistoryHasAtLeastWhatIsKeptAndAtMostTwiceThat() throws SQLException {
        try (DatabaseWorldStore store = new DatabaseWorldStore(source, TEN_DELTAS)) {
            Position base = open(store).head().position();
            for (int revision = 0; revision < 100; revision++) {
                store.commit(WORLD, base.at(revision), run(revision, 1, "gate"));
                store.writeBehind();
                int kept = Integer.parseInt(text("select count(*) from worldweave_delta"));
                assertThat(kept).isBetween(Math.min(revision + 1, 10), 20);
            }
            assertThat(store.since(WORLD, base.at(90)))
                    .isEqualTo(new Since.Deltas(run(90, 10, "gate")));
            assertThat(store.since(WORLD, base)).isEqualTo(new Since.Gone(base.at(100)));
            assertThat(store.at(WORLD, 5)).isNull();
        }
    }

    @Test
    void whatIsReadAfterTheHistoryWasShortenedIsTheSame() throws SQLException {
        WorldState before;
        try (DatabaseWorldStore store = new DatabaseWorldStore(source, TEN_DELTAS)) {
            Position base = open(store).head().position();
            store.commit(WORLD, base, List.of(putOwn(0, ALICE, SEED), putOwn(1, BOB, SEED)));
            store.commit(
                    WORLD,
                    base.at(2),
                    List.of(TestDeltas.of(2, new Change.Remove(Part.own(ALICE), Pointer.ROOT))));
            for (int revision = 3; revision < 50; revision++) {
                store.commit(WORLD, base.at(revision), run(revision, 1, "gate"));
                store.writeBehind();
            }
            before = open(store).head();
        }
        try (DatabaseWorldStore store = new DatabaseWorldStore(source, TEN_DELTAS)) {
            assertThat(open(store).head()).isEqualTo(before);
            assertThat(before.own(ALICE)).isNull();
            assertThat(text("select string_agg(owner, ' ') from worldweave_document"))
                    .doesNotContain("alice");
        }
    }

    @Test
    void nodesThatBothShortenTheHistoryDoNotDisturbEachOther() {
        try (DatabaseWorldStore one = new DatabaseWorldStore(source, TEN_DELTAS);
                DatabaseWorldStore two = new DatabaseWorldStore(source, TEN_DELTAS)) {
            Position base = open(one).head().position();
            open(two);
            for (int revision = 0; revision < 100; revision++) {
                DatabaseWorldStore writer = revision % 3 == 0 ? one : two;
                assertThat(writer.commit(WORLD, base.at(revision), run(revision, 1, "gate")))
                        .isEqualTo(new Outcome.Committed(base.at(revision + 1)));
                one.writeBehind();
                two.writeBehind();
            }
            assertThat(one.since(WORLD, base.at(90)))
                    .isEqualTo(new Since.Deltas(run(90, 10, "gate")));
            assertThat(open(one).head()).isEqualTo(open(two).head());
        }
    }

    @Test
    void whoWaitsTooLongForItsTurnFindsTheStoreUnavailable() throws SQLException {
        HikariDataSource impatient = TestSource.pool(url() + "?options=-c%20lock_timeout=200");
        try (impatient;
                WorldStore store = new DatabaseWorldStore(impatient, TEN_DELTAS);
                Connection holder = source.getConnection()) {
            Position base = open(store).head().position();
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.execute("select 1 from worldweave_world for update");
            }

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> store.commit(WORLD, base, run(0, 1, "gate")));
            holder.rollback();
            assertThat(store.commit(WORLD, base, run(0, 1, "gate")))
                    .isEqualTo(new Outcome.Committed(base.at(1)));
        }
    }

    @Test
    void aDatabaseThatIsAwayIsUnavailableAndThenGoesOnWithWhatItHad() {
        PostgresServer own = PostgresServer.start();
        try (own;
                HikariDataSource pool = TestSource.pool(own.url(own.newDatabase()));
                DatabaseWorldStore store = new DatabaseWorldStore(pool, TEN_DELTAS)) {
            Position base = open(store).head().position();
            store.commit(WORLD, base, run(0, 1, "gate"));
            assertThat(store.isAvailable()).isTrue();

            own.kill();
            store.writeBehind();
            assertThat(store.isAvailable()).isFalse();
            assertThat(store.unavailableCount()).isEqualTo(1);
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> store.commit(WORLD, base.at(1), run(1, 1, "gate")));
            own.restart();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        store.writeBehind();
                        return store.isAvailable();
                    });
            assertThat(store.commit(WORLD, base.at(1), run(1, 1, "gate")))
                    .isEqualTo(new Outcome.Committed(base.at(2)));
        }
    }

    private String url() throws SQLException {
        try (Connection connection = source.getConnection()) {
            return connection.getMetaData().getURL().replaceAll("\\?.*", "");
        }
    }

    private static History open(WorldStore store) {
        return store.open(WORLD, () -> SEED);
    }

    private String text(String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
