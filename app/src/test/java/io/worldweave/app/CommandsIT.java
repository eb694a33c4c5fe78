package io.worldweave.app;

import static io.worldweave.app.Answers.assertProblem;
import static io.worldweave.app.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(RunningServer.SHARED)
class CommandsIT {
    private static final String COMMANDS = "/experiences/lantern-room/commands";
    private static final String SHOP = "/experiences/wylding-woods/commands";

    private final Client alice = Client.of(RunningServer.shared(), "demo-alice");
    private final Client admin = Client.of(RunningServer.shared(), "demo-admin");

    @Test
    void takenAndPutBackInBothForms() throws Exception {
        JsonObject taken =
                json(alice.post(SHOP, "{\"message\":\"take the peaceful dream bottle\"}"));
        assertThat(taken.text("type")).isEqualTo("action_response");
        assertThat(taken.text("action")).isEqualTo("collect_item");
        assertThat(taken.flag("success", false)).as(taken.toString()).isTrue();
        assertThat(taken.text("item_id")).isEqualTo("dream_bottle_1");

        JsonObject dropped =
                json(
                        alice.post(
                                SHOP,
                                """
                                {"type":"action","action":"drop_item","instance_id":"dream_bottle_1"}
                                """));
        assertThat(dropped.flag("success", false)).as(dropped.toString()).isTrue();
    }

    @Test
    void aRefusalOfTheWorldIsAnAnswer() throws Exception {
        HttpResponse<String> response =
                alice.post(SHOP, "{\"action\":\"collect_item\",\"instance_id\":\"no_such_thing\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).flag("success", true)).isFalse();
        assertThat(json(response).text("message")).isNotBlank();
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredInWords() throws Exception {
        HttpResponse<String> response = alice.post(SHOP, "{\"message\":\"qwertz\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).flag("success", true)).isFalse();
    }

    @Test
    void schemasAreOfWhatTheCallerMayDo() throws Exception {
        JsonObject players = json(alice.get(COMMANDS));
        assertThat(players.text("type")).isEqualTo("commands_schema");
        assertThat(players.object("commands").has("look")).isTrue();
        assertThat(players.object("commands").names()).noneMatch(name -> name.startsWith("@"));
        assertThat(json(admin.get(SHOP)).object("commands").names())
                .anyMatch(name -> name.startsWith("@"));
    }

    @Test
    void thereIsNothingToDoWhereNothingIs() throws Exception {
        assertProblem(
                alice.post("/experiences/nowhere/commands", "{\"message\":\"look\"}"),
                404,
                "unknown_experience");
    }
}
