package io.worldweave.app;

import static io.worldweave.app.Answers.assertProblem;
import static io.worldweave.app.Answers.etag;
import static io.worldweave.app.Answers.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.app.EventReader.Event;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PlainJson;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What those see and do who look after worlds; on a server of its own, since worlds vanish. */
@Timeout(180)
class CustodyIT {
    private static final String WOODS = "/experiences/wylding-woods/";
    private static final String ROOM = "/experiences/lantern-room/";
    private static final int RESTORE_LIMIT = 300_000;

    private static RunningServer server;
    private static Client alice;
    private static Client admin;

    @BeforeAll
    static void start() {
        server =
                RunningServer.start(
                        Map.of(
                                "WORLDWEAVE_RESTORE_MAX",
                                Integer.toString(RESTORE_LIMIT),
                                "WORLDWEAVE_STORE_FILE_GIT",
                                "true"));
        alice = Client.of(server, "demo-alice");
        admin = Client.of(server, "demo-admin");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatIsCommittedIsInTheGitHistoryIfThatIsWanted() throws Exception {
        // another test kills the server: a lock that git leaves behind counts for ten seconds
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> {
                    String now = Long.toString(System.nanoTime());
                    admin.post(WOODS + "updates", "{\"custody_in_git\":" + now + "}");
                    try (Git git = Git.open(server.dataDirectory().toFile())) {
                        return StreamSupport.stream(git.log().call().spliterator(), false)
                                .anyMatch(CustodyIT::isMadeByTheAdmin);
                    }
                });
    }

    /** With others, if they committed within the same second. */
    private static boolean isMadeByTheAdmin(RevCommit commit) {
        String message = commit.getFullMessage();
        return message.startsWith("wylding-woods ")
                && (commit.getAuthorIdent().getName().equals("admin")
                        || message.contains("Co-authored-by: admin "));
    }

    @Test
    void aResetBeginsTheWorldAnewAndOpenStreamsSeeIt() throws Exception {
        try (EventReader bob = EventReader.get(server, WOODS + "events", "demo-bob")) {
            bob.next("snapshot");
            admin.post(WOODS + "updates", "{\"custody_mark\":1}");
            bob.next(event -> event.data().toString().contains("custody_mark"));
            String cursor = bob.lastId();
            String tag = etag(alice.get(WOODS + "state"));

            HttpResponse<String> begun = admin.post(WOODS + "reset", "");
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);

            Event fresh = bob.next("snapshot");
            assertThat(fresh.data().object("world").has("custody_mark")).isFalse();
            assertThat(fresh.data().get("snapshot_version")).isEqualTo(json(begun).get("revision"));
            assertThat(fresh.data().object("player").has("inventory")).isTrue();
            assertThat(etag(alice.get(WOODS + "state"))).isEqualTo(etag(begun)).isNotEqualTo(tag);
            admin.post(WOODS + "updates", "{\"custody_next\":1}");
            assertThat(bob.next().data().toString()).contains("custody_next");

            try (EventReader again =
                    EventReader.get(
                            server, WOODS + "events", "demo-bob", "Last-Event-ID", cursor)) {
                assertThat(again.next().type())
                        .as("the cursor is of another epoch")
                        .isEqualTo("snapshot");
            }
        }
    }

    @Test
    void anIsolatedWorldIsResetForTheUserWhomTheAdminNames() throws Exception {
        String state = alice.get(ROOM + "state").body();
        alice.get(ROOM + "player");
        JsonObject taken =
                json(
                        alice.post(
                                ROOM + "commands",
                                "{\"action\":\"collect_item\",\"instance_id\":\"box_of_matches_1\"}"));
        assertThat(taken.flag("success", false)).as("%s", taken).isTrue();
        assertThat(alice.get(ROOM + "state").body()).isNotEqualTo(state);
        String own = etag(admin.get(ROOM + "state"));

        HttpResponse<String> begun = admin.post(ROOM + "reset?user=alice", "");

        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        assertThat(alice.get(ROOM + "state").body()).isEqualTo(state);
        assertThat(alice.get(ROOM + "player").body()).doesNotContain("box_of_matches_1");
        assertThat(etag(admin.get(ROOM + "state"))).isEqualTo(own);
        JsonObject backup = json(admin.get(ROOM + "backup?user=alice"));
        assertThat(backup.text("user")).isEqualTo("alice");
        assertThat(admin.post(ROOM + "restore?user=alice", backup.toString()).statusCode())
                .isEqualTo(200);
        assertProblem(admin.post(ROOM + "restore", backup.toString()), 400, "invalid_request");
    }

    @Test
    void aBackupIsRestoredWithPlayersAndAll() throws Exception {
        alice.post(WOODS + "commands", "{\"message\":\"go to the window\"}");
        alice.post(WOODS + "commands", "{\"message\":\"take the adventurous dream bottle\"}");
        HttpResponse<String> backup = admin.get(WOODS + "backup");
        String world = alice.get(WOODS + "state").body();
        String player = alice.get(WOODS + "player").body();
        assertThat(player).contains("dream_bottle_2");

        admin.post(WOODS + "reset", "");
        assertThat(alice.get(WOODS + "player").body()).doesNotContain("dream_bottle_2");
        HttpResponse<String> restored = admin.post(WOODS + "restore", backup.body());

        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
        assertThat(alice.get(WOODS + "state").body()).isEqualTo(world);
        assertThat(alice.get(WOODS + "player").body()).isEqualTo(player);
        server.kill();
        server.restart();
        assertThat(alice.get(WOODS + "state").body()).isEqualTo(world);
        assertThat(alice.get(WOODS + "player").body()).isEqualTo(player);
    }

    @Test
    void whatIsNoBackupChangesNothing() throws Exception {
        String tag = etag(admin.get(WOODS + "state"));
        JsonObject backup = json(admin.get(WOODS + "backup"));

        assertProblem(admin.post(WOODS + "restore", "{}"), 400, "invalid_request");
        assertProblem(
                admin.post(WOODS + "restore", backup.with("more", JsonNull.NULL).toString()),
                400,
                "invalid_request");
        assertProblem(admin.post(ROOM + "restore", backup.toString()), 400, "invalid_request");
        JsonObject shared = backup.object("state").object("shared");
        JsonObject world = shared.object("content").with("locations", Json.of(7));
        JsonObject state = backup.object("state").with("shared", shared.with("content", world));
        assertProblem(
                admin.post(WOODS + "restore", backup.with("state", state).toString()),
                422,
                "rejected");
        assertProblem(
                admin.post(WOODS + "restore", "{\"x\":\"" + "x".repeat(RESTORE_LIMIT) + "\"}"),
                413,
                "too_large");
        assertThat(etag(admin.get(WOODS + "state"))).isEqualTo(tag);
    }

    @Test
    void onlyAdminsDoThis() throws Exception {
        assertProblem(alice.get(WOODS + "backup"), 403, "forbidden");
        assertProblem(alice.post(WOODS + "reset", ""), 403, "forbidden");
        assertProblem(alice.post(WOODS + "restore", "{}"), 403, "forbidden");
        assertProblem(
                alice.post(WOODS + "restore", "{\"x\":\"" + "x".repeat(100_000) + "\"}"),
                413,
                "too_large");
        assertProblem(alice.get(WOODS + "history?since=0"), 403, "forbidden");
        assertProblem(admin.get(ROOM + "backup?user=nobody"), 404, "not_found");
        assertProblem(admin.get("/experiences/nowhere/backup"), 404, "unknown_experience");
    }

    @Test
    void theDocumentIsThereAsItWasAndInPart() throws Exception {
        admin.post(WOODS + "updates", "{\"custody_at\":[{\"instance_id\":\"x\",\"n\":1}]}");
        HttpResponse<String> then = alice.get(WOODS + "state");
        long revision = revision(admin.post(WOODS + "updates", "{\"custody_at\":2}")) - 1;

        HttpResponse<String> past = alice.get(WOODS + "state?at=" + revision);
        assertThat(past.body()).isEqualTo(then.body());
        assertThat(etag(past)).isEqualTo(etag(then));
        assertThat(alice.get(WOODS + "state?path=/custody_at").body()).isEqualTo("2");
        HttpResponse<String> part = alice.get(WOODS + "state?path=/custody_at/0/n&at=" + revision);
        assertThat(part.body()).isEqualTo("1");
        assertThat(
                        alice.with("If-None-Match", etag(part))
                                .get(WOODS + "state?path=/custody_at/0/n&at=" + revision)
                                .statusCode())
                .isEqualTo(304);
        assertThat(json(alice.get(WOODS + "state?path=")).has("locations")).isTrue();
        assertProblem(
                alice.get(WOODS + "state?path=/custody_at/x&at=" + revision), 404, "not_found");
        assertProblem(alice.get(WOODS + "state?path=/nothing"), 404, "not_found");
        assertProblem(alice.get(WOODS + "state?path=nothing"), 400, "invalid_request");
        assertProblem(alice.get(WOODS + "state?path=/a~2"), 400, "invalid_request");
        for (String wrong : List.of("-1", "", "01", "x", "1e3", "9".repeat(30))) {
            assertProblem(alice.get(WOODS + "state?at=" + wrong), 400, "invalid_request");
        }
        HttpResponse<String> future = alice.get(WOODS + "state?at=999999");
        assertProblem(future, 404, "not_found");
        assertThat(json(future).text("detail", "")).contains("are kept");

        admin.post(WOODS + "reset", "");
        assertProblem(alice.get(WOODS + "state?at=" + revision), 410, "gone");
        assertProblem(admin.get(WOODS + "history?since=" + revision), 410, "gone");
    }

    @Test
    void historyIsReadPageByPageAndTellsOfNobodysOwn() throws Exception {
        long begin = revision(admin.post(WOODS + "updates", "{\"custody_begin\":1}"));
        admin.post(WOODS + "updates", "{\"custody_h1\":1}");
        alice.post(WOODS + "commands", "{\"message\":\"go to the counter\"}");
        alice.post(WOODS + "commands", "{\"message\":\"go to the window\"}");
        long last = revision(admin.post(WOODS + "updates", "{\"custody_h2\":1}"));

        List<JsonObject> deltas = new ArrayList<>();
        long since = begin;
        while (since < last) {
            JsonObject page = json(admin.get(WOODS + "history?limit=1&since=" + since));
            PlainJson.elements(page.get("deltas")).forEach(delta -> deltas.add((JsonObject) delta));
            long next = ((JsonNumber) page.get("revision")).value().longValueExact();
            assertThat(next).isGreaterThan(since);
            since = next;
        }
        assertThat(deltas).hasSize(2);
        assertThat(deltas.toString())
                .contains("/custody_h1", "/custody_h2")
                .doesNotContain("current_", "inventory");
        for (String query : List.of("", "?since=x", "?since=0&limit=0", "?since=0&limit=1001")) {
            assertProblem(admin.get(WOODS + "history" + query), 400, "invalid_request");
        }
        assertThat(json(admin.get(WOODS + "history?since=0&limit=x")).text("detail"))
                .isEqualTo("limit is a number from 1 to 1000, in digits.");
        assertProblem(admin.get(WOODS + "history?since=999999"), 404, "not_found");
    }

    @Test
    void aSchemaOfTheExperienceForbids() throws Exception {
        Path schema = server.dataDirectory().resolve("experiences/wylding-woods/schema.json");
        Files.writeString(schema, "{\"properties\":{\"custody_weather\":{\"type\":\"string\"}}}");
        Client patching =
                admin.with("If-Match", "*").with("Content-Type", "application/merge-patch+json");
        byte[] wrong = "{\"custody_weather\":7}".getBytes(UTF_8);
        byte[] right = "{\"custody_weather\":\"rain\"}".getBytes(UTF_8);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> {
                    // what is there before the schema is may stay, so it must not be
                    patching.send("PATCH", WOODS + "state", right);
                    return patching.send("PATCH", WOODS + "state", wrong).statusCode() == 422;
                });

        HttpResponse<String> refused = patching.send("PATCH", WOODS + "state", wrong);
        assertProblem(refused, 422, "rejected");
        assertThat(json(refused).text("pointer")).isEqualTo("/custody_weather");
        assertThat(json(refused).text("detail", "")).contains("schema");
        assertProblem(admin.post(WOODS + "updates", "{\"custody_weather\":8}"), 422, "rejected");
        assertThat(
                        patching.send(
                                        "PATCH",
                                        WOODS + "state",
                                        "{\"custody_weather\":\"sun\"}".getBytes(UTF_8))
                                .statusCode())
                .isEqualTo(200);
        Files.delete(schema);
    }

    private static long revision(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ((JsonNumber) json(answer).get("revision")).value().longValueExact();
    }
}
