package io.worldweave.app;

import static io.worldweave.app.Answers.assertProblem;
import static io.worldweave.app.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A world whose journal was damaged while the service was down. */
@Timeout(180)
class DamagedWorldIT {
    private static final String SHARED = "/experiences/wylding-woods/";
    private static final String ISOLATED = "/experiences/lantern-room/";

    @Test
    void aDamagedWorldIsRefusedWithTheReasonAndNoOtherIs() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            Client alice = Client.of(server, "demo-alice");
            Client bob = Client.of(server, "demo-bob");
            bob.get(ISOLATED + "player");
            alice.post(SHARED + "commands", "{\"message\":\"take the peaceful dream bottle\"}");
            String kept = alice.get(SHARED + "state").body();
            assertThat(degraded(server)).isEmpty();
            server.stop();
            Path journal = journal(server.dataDirectory().resolve("worlds/wylding-woods"));
            byte[] whole = Files.readAllBytes(journal);
            byte[] damaged = whole.clone();
            damaged[100] ^= 1;
            Files.write(journal, damaged);

            server.restart();

            HttpResponse<String> refused = alice.get(SHARED + "state");
            assertProblem(refused, 503, "world_damaged");
            String reason =
                    "what is kept of world wylding-woods is damaged: worlds/wylding-woods/"
                            + journal.getFileName()
                            + ": line 1 (byte 0): the checksum does not match";
            assertThat(json(refused).text("detail")).isEqualTo(reason);
            assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
            assertProblem(
                    alice.post("/chat/unified", "{\"message\":\"hello\",\"stream\":true}"),
                    503,
                    "world_damaged");
            assertThat(bob.get(ISOLATED + "player").statusCode()).isEqualTo(200);
            assertThat(server.get("/health/ready").statusCode()).as("others work").isEqualTo(200);
            assertThat(degraded(server)).isEqualTo(reason);
            assertThat(Files.readAllBytes(journal)).as("nothing was repaired").isEqualTo(damaged);

            Files.write(journal, whole);
            await().until(() -> alice.get(SHARED + "state").statusCode() == 200);
            assertThat(alice.get(SHARED + "state").body()).isEqualTo(kept);
            assertThat(degraded(server)).isEmpty();
        }
    }

    private static Path journal(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String degraded(RunningServer server) throws Exception {
        JsonArray checks = (JsonArray) json(server.get("/health/ready")).get("checks");
        JsonObject check =
                checks.elements().stream()
                        .map(JsonObject.class::cast)
                        .filter(one -> one.text("name").equals("worldweave"))
                        .findFirst()
                        .orElseThrow();
        return check.object("data").text("degraded", "absent");
    }
}
