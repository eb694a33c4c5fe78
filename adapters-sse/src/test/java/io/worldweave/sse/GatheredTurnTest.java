package io.worldweave.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.turn.ManualNarrator;
import io.worldweave.domain.turn.TestTurns;
import io.worldweave.domain.turn.Turn;
import io.worldweave.wire.Bell;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.ReadLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatheredTurnTest {
    private final Shop shop = new Shop();
    private final Turn turn = shop.turn();
    private final ManualNarrator narrator = new ManualNarrator();
    private final Bell bell = new Bell();
    private final GatheredTurn gathered =
            new GatheredTurn(turn.conversation(), shop.follow(turn, bell), bell, Shop.TEXT);

    @Test
    void theDocumentHoldsWhatAStreamWouldHaveBeenGiven() {
        TestTurns.ran(turn, shop.setClock("1"));
        TestTurns.narrate(turn, narrator);
        narrator.write("Tick \"");
        narrator.write("tock\".\n");
        narrator.complete();

        JsonObject document = document();

        assertThat(document.names())
                .containsExactly("conversation_id", "content", "finish_reason", "events");
        assertThat(document.text("conversation_id")).isEqualTo("talk");
        assertThat(document.text("content")).isEqualTo("Tick \"tock\".\n");
        assertThat(document.text("finish_reason")).isEqualTo("stop");
        assertThat(types(document))
                .containsExactly("metadata", "world_update", "tool_use", "content", "done");
        assertThat(shop.subscriptions.openCount()).isZero();
    }

    @Test
    void updatesPastTheLimitBecomeASnapshotInTheirPlace() {
        int quarter = GatheredTurn.UPDATE_BYTES / 4;
        for (int i = 0; i < 6; i++) {
            shop.setClock("x".repeat(quarter) + i);
        }
        TestTurns.ran(turn, shop.world.head().revision());
        TestTurns.narrate(turn, narrator);
        narrator.write("Tick.");
        narrator.complete();

        JsonObject document = document();

        assertThat(types(document))
                .containsExactly("metadata", "snapshot", "tool_use", "content", "done");
        JsonObject snapshot = events(document).get(1);
        assertThat(snapshot.object("world").text("clock")).endsWith("x5");
    }

    @Test
    void aStoppedTurnKeepsWhatWasWritten() {
        TestTurns.narrate(turn, narrator);
        narrator.write("Half a");
        turn.stop();

        JsonObject document = document();

        assertThat(document.text("content")).isEqualTo("Half a");
        assertThat(document.text("finish_reason")).isEqualTo("cancelled");
    }

    @Test
    void aStoppingServiceIsNoDocument() {
        shop.subscriptions.close();

        assertThat(gathered.gather()).isEqualTo(new GatheredTurn.Closed(ErrorCode.SHUTTING_DOWN));
        assertThat(shop.world.watcherCount()).isZero();
    }

    private JsonObject document() {
        GatheredTurn.Ended ended = (GatheredTurn.Ended) gathered.gather();
        return JsonReader.withLimits(ReadLimits.FILE).readObject(ended.document().toByteArray());
    }

    private static List<JsonObject> events(JsonObject document) {
        return ((JsonArray) document.get("events"))
                .elements().stream().map(JsonObject.class::cast).toList();
    }

    private static List<String> types(JsonObject document) {
        return events(document).stream().map(event -> event.text("type")).toList();
    }
}
