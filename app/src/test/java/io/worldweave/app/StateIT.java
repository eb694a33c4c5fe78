package io.worldweave.app;

import static io.worldweave.app.Answers.assertProblem;
import static io.worldweave.app.Answers.etag;
import static io.worldweave.app.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(RunningServer.SHARED)
class StateIT {
    private static final String SHARED = "/experiences/wylding-woods/";
    private static final String ISOLATED = "/experiences/lantern-room/";

    private final Client alice = Client.of(RunningServer.shared(), "demo-alice");
    private final Client bob = Client.of(RunningServer.shared(), "demo-bob");
    private final Client admin = Client.of(RunningServer.shared(), "demo-admin");

    @Test
    void experiencesAreListed() throws Exception {
        HttpResponse<String> response = alice.get("/experiences");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"id\":\"wylding-woods\"", "\"state_model\":\"isolated\"");
    }

    @Test
    void theSharedDocumentIsTheWorldItself() throws Exception {
        HttpResponse<String> response = alice.get(SHARED + "state");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).object("locations").has("woander_store")).isTrue();
        assertThat(json(response).has("metadata")).isFalse();
    }

    @Test
    void whoHasItIsToldSo() throws Exception {
        String tag = etag(alice.get(SHARED + "player"));

        HttpResponse<String> again = alice.with("If-None-Match", tag).get(SHARED + "player");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(etag(again)).isEqualTo(tag);
    }

    @Test
    void whoHasItIsToldSoWhetherTheTagIsCalledWeakOrNot() throws Exception {
        String tag = etag(alice.get(SHARED + "player"));

        assertThat(alice.with("If-None-Match", "W/" + tag).get(SHARED + "player").statusCode())
                .isEqualTo(304);
        assertThat(
                        alice.with("If-None-Match", "\"other\", W/" + tag)
                                .get(SHARED + "player")
                                .statusCode())
                .isEqualTo(304);
        assertThat(alice.with("If-None-Match", "W/\"other\"").get(SHARED + "player").statusCode())
                .isEqualTo(200);
        assertProblem(
                alice.with("If-Match", "W/" + tag).get(SHARED + "player"),
                412,
                "precondition_failed");
    }

    @Test
    void anAdminMayLookAtAPlayersOwnPart() throws Exception {
        String own = bob.get(SHARED + "player").body();

        assertThat(admin.get(SHARED + "player?user=bob").body()).isEqualTo(own);
        assertThat(bob.get(SHARED + "player?user=bob").statusCode()).isEqualTo(200);
        assertProblem(alice.get(SHARED + "player?user=bob"), 403, "forbidden");
    }

    @Test
    void lookingForSomebodyWhoWasNeverHereMakesNothing() throws Exception {
        for (int again = 0; again < 2; again++) {
            assertProblem(admin.get(SHARED + "player?user=nobody"), 404, "not_found");
            assertProblem(admin.get(ISOLATED + "player?user=nobody"), 404, "not_found");
            assertProblem(admin.get(ISOLATED + "state?user=nobody"), 404, "not_found");
        }
        assertThat(admin.get(SHARED + "state?user=nobody").statusCode()).isEqualTo(200);
        try (Stream<Path> files = Files.walk(RunningServer.shared().dataDirectory())) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.contains("nobody"));
        }
    }

    @Test
    void aPlayersOwnChangeLeavesTheTagOfTheWorldAlone() throws Exception {
        String before = etag(bob.get(ISOLATED + "state"));
        bob.get(ISOLATED + "player");

        assertThat(etag(bob.get(ISOLATED + "state"))).isEqualTo(before);
    }

    @Test
    void aNewPlayerEntersWhereTheAuthorsSay() throws Exception {
        HttpResponse<String> response = bob.get(SHARED + "player");

        assertThat(json(response).text("current_location")).isEqualTo("woander_store");
    }

    @Test
    void onlyAnAdminMayNameAnother() throws Exception {
        assertProblem(bob.get(ISOLATED + "state?user=alice"), 403, "forbidden");
        assertProblem(bob.get(ISOLATED + "events?user=alice"), 403, "forbidden");
        assertProblem(admin.get(ISOLATED + "events?user=bob"), 403, "forbidden");
        assertThat(bob.get(ISOLATED + "state?user=bob").statusCode()).isEqualTo(200);
        assertThat(etag(admin.get(ISOLATED + "state?user=bob")))
                .isEqualTo(etag(bob.get(ISOLATED + "state")))
                .isNotEqualTo(etag(admin.get(ISOLATED + "state")));
    }

    @Test
    void aProfileIsItsOwners() throws Exception {
        assertThat(json(alice.get("/profile")).text("user_id")).isEqualTo("alice");
        assertThat(json(bob.get("/profile")).text("user_id")).isEqualTo("bob");
    }

    @Test
    void whatIsNotInstalledIsNotFound() throws Exception {
        assertProblem(alice.get("/experiences/nowhere/state"), 404, "unknown_experience");
        assertProblem(alice.get("/experiences/nowhere/player"), 404, "unknown_experience");
    }
}
