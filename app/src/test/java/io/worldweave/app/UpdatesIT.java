package io.worldweave.app;

import static io.worldweave.app.Answers.assertProblem;
import static io.worldweave.app.Answers.etag;
import static io.worldweave.app.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(RunningServer.SHARED)
class UpdatesIT {
    private static final String UPDATES = "/experiences/wylding-woods/updates";
    private static final String STATE = "/experiences/wylding-woods/state";
    private static final String SPOT =
            "/locations/woander_store/areas/display_shelf/spots/spot_1/items";

    private final Client alice = Client.of(RunningServer.shared(), "demo-alice");
    private final Client admin = Client.of(RunningServer.shared(), "demo-admin");

    @Test
    void anUpdateIsMergedAndOnceIsEnough() throws Exception {
        JsonObject first = json(admin.post(UPDATES, "{\"moon\":{\"phase\":\"full\"}}"));
        JsonObject second = json(admin.post(UPDATES, "{\"moon\":{\"phase\":\"full\"}}"));

        assertThat(first.flag("changed", false)).isTrue();
        assertThat(second.flag("changed", true)).isFalse();
        assertThat(second.get("revision")).isEqualTo(first.get("revision"));
        assertThat(json(alice.get(STATE)).object("moon").text("phase")).isEqualTo("full");
    }

    @Test
    void anItemThatIsAddedGetsWhatItsTemplateGives() throws Exception {
        admin.post(
                UPDATES,
                inSpot(
                        """
                        {"$append":{"instance_id":"it_bottle","template_id":"dream_bottle"}}\
                        """));

        Json item = Pointer.parse(SPOT + "/it_bottle").in(json(alice.get(STATE)));
        assertThat(item).isInstanceOf(JsonObject.class);
        assertThat(((JsonObject) item).flag("collectible", false)).isTrue();

        admin.post(UPDATES, inSpot("{\"$remove\":{\"instance_id\":\"it_bottle\"}}"));
        assertThat(Pointer.parse(SPOT + "/it_bottle").in(json(alice.get(STATE)))).isNull();
    }

    @Test
    void aConditionThatDoesNotHoldChangesNothing() throws Exception {
        String tag = etag(alice.get(STATE));

        assertProblem(
                admin.with("If-Match", "\"another-1\"").post(UPDATES, "{\"wind\":\"north\"}"),
                412,
                "precondition_failed");
        assertThat(etag(alice.get(STATE))).isEqualTo(tag);
        assertThat(
                        admin.with("If-Match", "\"other\", " + tag)
                                .post(UPDATES, "{\"wind\":\"east\"}")
                                .statusCode())
                .isEqualTo(200);
        assertThat(etag(alice.get(STATE))).isNotEqualTo(tag);
    }

    @Test
    void metadataIsTheServices() throws Exception {
        assertProblem(
                admin.post(UPDATES, "{\"metadata\":{\"_version\":7}}"), 422, "reserved_member");
        assertProblem(admin.post(UPDATES, "{\"metadata._version\":7}"), 422, "reserved_member");
        assertProblem(admin.post(UPDATES, "{\"world.metadata\":{}}"), 422, "reserved_member");
    }

    @Test
    void whatCannotBeAppliedSaysWhere() throws Exception {
        assertProblem(
                admin.post(UPDATES, inSpot("{\"$remove\":{\"instance_id\":\"nobody\"}}")),
                422,
                "rejected");
    }

    @Test
    void playersDoNotWriteToWorlds() throws Exception {
        assertProblem(alice.post(UPDATES, "{\"moon\":null}"), 403, "forbidden");
    }

    private static String inSpot(String items) {
        return """
        {"locations":{"woander_store":{"areas":{"display_shelf":{"spots":{"spot_1":{"items":%s}}}}}}}
        """
                .formatted(items);
    }
}
