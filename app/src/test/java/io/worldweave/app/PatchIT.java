package io.worldweave.app;

import static io.worldweave.app.Answers.assertProblem;
import static io.worldweave.app.Answers.etag;
import static io.worldweave.app.Answers.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.app.EventReader.Event;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PlainJson;
import io.worldweave.domain.json.Pointer;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Patches as game servers and tools send them. */
@Timeout(60)
@ResourceLock(RunningServer.SHARED)
class PatchIT {
    private static final String STATE = "/experiences/wylding-woods/state";
    private static final String ITEMS =
            "/locations/woander_store/areas/book_alcove/spots/spot_1/items";
    private static final String OPERATIONS = "application/json-patch+json";
    private static final String MERGE = "application/merge-patch+json";

    private final Client alice = Client.of(RunningServer.shared(), "demo-alice");
    private final Client admin = Client.of(RunningServer.shared(), "demo-admin");

    @Test
    void anItemIsAddedChangedAndRemovedAndPlayersAreToldEach() throws Exception {
        try (EventReader bob =
                EventReader.get(
                        RunningServer.shared(), "/experiences/wylding-woods/events", "demo-bob")) {
            bob.next("snapshot");
            String lamp = "{\"instance_id\":\"pit_lamp\",\"semantic_name\":\"a lamp\"}";
            HttpResponse<String> added =
                    patch(OPERATIONS, op("add", ITEMS + "/-", "\"value\":" + lamp));
            assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
            assertThat(json(added).flag("changed", false)).isTrue();
            assertThat(etag(added)).isEqualTo(etag(alice.get(STATE)));
            JsonObject told = change(bob, "pit_lamp");
            assertThat(told.text("operation")).isEqualTo("add");
            assertThat(told.text("spot_id")).isEqualTo("spot_1");
            assertThat(item()).as("as it is written: no template").isEqualTo(read(lamp));

            patch(OPERATIONS, op("add", ITEMS + "/" + index() + "/lit", "\"value\":true"));
            assertThat(change(bob, "pit_lamp").text("operation")).isEqualTo("update");

            patch(OPERATIONS, op("remove", ITEMS + "/" + index(), "\"x\":0"));
            assertThat(change(bob, "pit_lamp").text("operation")).isEqualTo("remove");
        }
    }

    @Test
    void aMergePatchAddsAndTakesAwayMembersThatTheServiceDoesNotKnow() throws Exception {
        patch(MERGE, "{\"weather\":{\"sky\":\"clear\",\"wind\":3}}");
        HttpResponse<String> second = patch(MERGE, "{\"weather\":{\"sky\":null}}");

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(json(alice.get(STATE)).get("weather"))
                .isEqualTo(JsonObject.of("wind", Json.of(3)));
    }

    @Test
    void aPatchThatChangesNothingMakesNoRevision() throws Exception {
        HttpResponse<String> before = alice.get(STATE);
        HttpResponse<String> answer = patch(MERGE, "{\"no_such_member\":null}");

        assertThat(json(answer).flag("changed", true)).isFalse();
        assertThat(etag(answer)).isEqualTo(etag(before)).isEqualTo(etag(alice.get(STATE)));
    }

    @Test
    void ofAPatchThatCannotBeAppliedNothingIs() throws Exception {
        HttpResponse<String> refused =
                patch(
                        OPERATIONS,
                        "[{\"op\":\"add\",\"path\":\"/half\",\"value\":1},"
                                + "{\"op\":\"remove\",\"path\":\"/no_such_member\"}]");
        assertProblem(refused, 422, "rejected");
        assertThat(json(refused).text("pointer")).isEqualTo("/no_such_member");
        assertThat(json(refused).text("detail", "")).startsWith("operation 1 (remove): ");
        assertThat(json(alice.get(STATE)).has("half")).isFalse();
    }

    @Test
    void aTestThatFailsIsAConflict() throws Exception {
        assertProblem(
                patch(OPERATIONS, op("test", "/locations", "\"value\":{}")), 409, "test_failed");
    }

    @Test
    void whatWouldBreakTheShapeOfTheWorldIsRefused() throws Exception {
        assertProblem(patch(MERGE, "{\"locations\":{\"woander_store\":7}}"), 422, "rejected");
        assertProblem(patch(OPERATIONS, op("replace", ITEMS, "\"value\":[1]")), 422, "rejected");
        assertProblem(patch(MERGE, "[]"), 422, "rejected");
        assertProblem(patch(OPERATIONS, op("replace", "", "\"value\":7")), 422, "rejected");
    }

    @Test
    void metadataIsTheServices() throws Exception {
        assertProblem(patch(MERGE, "{\"metadata\":{\"x\":1}}"), 422, "reserved_member");
        assertProblem(
                patch(OPERATIONS, op("add", "/metadata", "\"value\":1")), 422, "reserved_member");
    }

    @Test
    void anotherVersionThanTheOneNamedIsNotPatched() throws Exception {
        assertProblem(
                send(admin.with("If-Match", "\"other-1\""), MERGE, "{\"a\":1}"),
                412,
                "precondition_failed");
        assertThat(send(admin.with("If-Match", "*"), MERGE, "{\"b\":1}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void anExperienceMayAskForTheVersion() throws Exception {
        assertProblem(send(admin, MERGE, "{\"a\":1}"), 428, "precondition_required");
    }

    @Test
    void whatIsNoPatchIsToldWhatIs() throws Exception {
        for (String type : new String[] {"application/json", "text/plain"}) {
            HttpResponse<String> refused = send(admin.with("If-Match", "*"), type, "{}");
            assertProblem(refused, 415, "unsupported_media_type");
            assertThat(refused.headers().firstValue("Accept-Patch"))
                    .hasValue("application/json-patch+json, application/merge-patch+json");
        }
        assertProblem(patch(OPERATIONS, "{\"op\":\"add\"}"), 400, "invalid_request");
        assertProblem(patch(OPERATIONS, "[{\"op\":\"add\"}]"), 400, "invalid_request");
        assertProblem(patch(MERGE, "{\"a\":"), 400, "invalid_json");
    }

    @Test
    void playersDoNotPatch() throws Exception {
        assertProblem(
                send(alice.with("If-Match", "*"), MERGE, "{\"moon\":null}"), 403, "forbidden");
    }

    private HttpResponse<String> patch(String type, String body) throws Exception {
        return send(admin.with("If-Match", "*"), type, body);
    }

    private static HttpResponse<String> send(Client client, String type, String body)
            throws IOException, InterruptedException {
        return client.with("Content-Type", type).send("PATCH", STATE, body.getBytes(UTF_8));
    }

    private static String op(String op, String path, String more) {
        return "[{\"op\":\"" + op + "\",\"path\":\"" + path + "\"," + more + "}]";
    }

    /** Returns the next change of an item; other tests share the world. */
    private static JsonObject change(EventReader reader, String id) {
        while (true) {
            Event event = reader.next("world_update");
            for (Json change : PlainJson.elements(event.data().get("changes"))) {
                JsonObject object = (JsonObject) change;
                if (id.equals(
                        object.text(
                                "instance_id", object.object("item").text("instance_id", "")))) {
                    return object;
                }
            }
        }
    }

    private int index() throws Exception {
        var items = PlainJson.elements(Pointer.parse(ITEMS).in(json(alice.get(STATE))));
        for (int i = 0; i < items.size(); i++) {
            if ("pit_lamp".equals(((JsonObject) items.get(i)).text("instance_id"))) {
                return i;
            }
        }
        throw new AssertionError("no lamp in " + items);
    }

    private Json item() throws Exception {
        return Pointer.parse(ITEMS + "/pit_lamp").in(json(alice.get(STATE)));
    }

    private static Json read(String text) {
        return io.worldweave.wire.JsonReader.strict().read(text.getBytes(UTF_8));
    }
}
