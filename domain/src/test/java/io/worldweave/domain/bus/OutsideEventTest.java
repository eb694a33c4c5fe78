package io.worldweave.domain.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideEventTest {
    @Test
    void anythingElseMayBeSaid() {
        JsonObject event =
                JsonObject.of("type", Json.of("world_update"), "event", Json.of("location_change"));

        assertThat(new OutsideEvent(event).content()).isSameAs(event);
        assertThat(new OutsideEvent(JsonObject.EMPTY).content()).isEqualTo(JsonObject.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata",
                "content",
                "tool_use",
                "done",
                "error",
                "snapshot",
                "connected",
                "area_of_interest",
                "action_response",
                "presence",
                "pong",
                "commands_schema"
            })
    void whatTheServiceSaysItselfIsNotSaidByOthers(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutsideEvent(JsonObject.of("type", Json.of(type))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"base_version", "snapshot_version", "cursor"})
    void noOtherProgramSpeaksOfVersions(String member) {
        JsonObject event = JsonObject.of("type", Json.of("world_update"), member, Json.of(7));

        assertThatIllegalArgumentException().isThrownBy(() -> new OutsideEvent(event));
    }
}
