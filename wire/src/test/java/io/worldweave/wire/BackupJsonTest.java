package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PersistentMap;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is told of a world's past, and what comes back of a whole one. */
class BackupJsonTest {
    private static final UserId ALICE = new UserId("alice@example.com");
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("glade"));
    private static final WorldId COPY = new WorldId.Isolated(new ExperienceId("glade"), ALICE);
    private static final WorldState STATE =
            new WorldState(
                    new Position("epoch", 7),
                    new Document(JsonObject.of("a", JsonArray.EMPTY), 3),
                    PersistentMap.<Document>empty()
                            .with(ALICE.value(), new Document(JsonObject.EMPTY, 7)));

    @Test
    void aBackupComesBackAsItWas() {
        assertThat(BackupJson.read(WORLD, BackupJson.write(WORLD, STATE, 1))).isEqualTo(STATE);
        assertThat(BackupJson.read(COPY, BackupJson.write(COPY, STATE, 1))).isEqualTo(STATE);
    }

    @Test
    void whatIsNoBackupOfThisWorldIsRefusedWithItsPlace() {
        assertRefused(backup -> JsonObject.EMPTY, "/format");
        assertRefused(backup -> backup.with("more", Json.of(1)), "/more");
        assertRefused(backup -> backup.with("experience", Json.of("other")), "/experience");
        assertRefused(backup -> backup.with("user", Json.of("alice")), "/user");
        assertRefused(backup -> backup.without("user"), "/user");
        assertRefused(backup -> backup.with("state", JsonNull.NULL), "/state");
        assertRefused(backup -> backup.without("state"), "/state");
        assertRefused(state("epoch", Json.of("")), "/state");
        assertRefused(state("revision", Json.of(-1)), "/state");
        assertRefused(state("revision", Json.of(0.5)), "/state");
        assertRefused(state("revision", Json.of(2)), "/state/shared/revision");
        assertRefused(state("shared", JsonObject.EMPTY), "/state");
        assertRefused(state("players", JsonObject.of("", JsonObject.EMPTY)), "/state");
        assertRefused(state("players", JsonObject.of("bob", JsonObject.EMPTY)), "/state");
        assertRefused(state("extra", JsonNull.NULL), "/state");
    }

    private static UnaryOperator<JsonObject> state(String name, Json value) {
        return backup -> backup.with("state", backup.object("state").with(name, value));
    }

    private static void assertRefused(UnaryOperator<JsonObject> spoil, String place) {
        JsonObject spoilt = spoil.apply(BackupJson.write(WORLD, STATE, 1));
        assertThatThrownBy(() -> BackupJson.read(WORLD, spoilt))
                .as("%s", spoilt)
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        wrong -> assertThat(wrong.pointer()).hasToString(place));
    }

    @Test
    void historyTellsOfTheSharedDocumentAlone() {
        List<Delta> deltas =
                List.of(
                        delta(0, shared("x")),
                        delta(1, own("secret")),
                        delta(2, own("secret"), shared("y")));
        JsonObject page = HistoryJson.page(0, deltas, new Position("epoch", 3), 10);

        assertThat(page.toString()).doesNotContain("secret", "receipt", "answer", "own");
        assertThat(page.get("deltas").toString())
                .contains("\"revision\":1", "\"revision\":3", "\"path\":\"/x\"", "\"path\":\"/y\"")
                .doesNotContain("\"revision\":2");
        assertThat(page.get("revision")).isEqualTo(Json.of(3));
    }

    @Test
    void aPageEndsAtItsLimitAndSaysWhereTheNextOneBegins() {
        List<Delta> deltas = new ArrayList<>();
        for (int base = 5; base < 10; base++) {
            deltas.add(delta(base, shared("n" + base)));
        }
        JsonObject page = HistoryJson.page(5, deltas, new Position("epoch", 10), 2);

        assertThat(((JsonArray) page.get("deltas")).elements()).hasSize(2);
        assertThat(page.get("revision")).isEqualTo(Json.of(7));
        assertThat(page.get("head")).isEqualTo(Json.of(10));
    }

    @Test
    void aPageOfLongDeltasIsShortButNeverEmpty() {
        List<Delta> deltas = new ArrayList<>();
        for (int base = 0; base < 5; base++) {
            deltas.add(
                    delta(
                            base,
                            new Change.Add(
                                    Part.SHARED, Pointer.of("n"), Json.of("x".repeat(700_000)))));
        }
        JsonObject page = HistoryJson.page(0, deltas, new Position("epoch", 5), 100);

        assertThat(((JsonArray) page.get("deltas")).elements()).hasSize(2);
        assertThat(page.get("revision")).isEqualTo(Json.of(2));
    }

    private static Change shared(String name) {
        return new Change.Add(Part.SHARED, Pointer.of(name), Json.of(1));
    }

    private static Change own(String name) {
        return new Change.Add(Part.own(ALICE), Pointer.of(name), Json.of(1));
    }

    private static Delta delta(long base, Change... changes) {
        Receipt receipt =
                new Receipt(
                        new IdempotencyKey(ALICE, "key"),
                        "print",
                        JsonObject.of("answer", Json.of("secret")));
        return new Delta(base, Actor.of(ALICE), "update", 1, List.of(changes), receipt);
    }
}
