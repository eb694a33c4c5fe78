package io.worldweave.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.turn.ManualNarrator;
import io.worldweave.domain.turn.TestTurns;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.weave.CloseReason;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.weave.Frame;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.Utf8Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTextTest {
    private final Shop shop = new Shop();
    private final Utf8Buffer out = new Utf8Buffer(16);

    @Test
    void aStreamSaysHowToComeBackBeforeItsFirstEvent() {
        Shop.TEXT.opening(out);

        assertThat(out.toString()).isEqualTo("retry: 2000\n\n");
    }

    @Test
    void everyEventIsItsJsonAndItsCursor() {
        Turn turn = shop.turn();
        Subscription stream = shop.follow(turn, () -> {});
        ManualNarrator narrator = new ManualNarrator();
        shop.setClock("1");
        TestTurns.ran(turn, 1);
        TestTurns.narrate(turn, narrator);
        narrator.write("Tick.");
        narrator.complete();

        appendAll(stream);

        assertThat(out.toString().replaceAll("(?m)^id: [A-Za-z0-9_-]+$", "id: <cursor>"))
                .isEqualTo(
                        """
                        data: {"type":"metadata","conversation_id":"talk","model":"test","timestamp":1731240000000,"snapshot_version":0}
                        id: <cursor>

                        data: {"type":"world_update","version":"0.4","experience":"shop","user_id":"alice","base_version":0,"snapshot_version":1,"changes":[{"operation":"update","path":"world.clock","value":"1"}],"timestamp":1731240000000,"metadata":{"source":"test","state_model":"shared"}}
                        id: <cursor>

                        data: {"type":"tool_use","tool":"take","arguments":{},"result":{"success":true,"message":"Taken.","metadata":{"code":"success"}}}
                        id: <cursor>

                        data: {"type":"content","content":"Tick."}
                        id: <cursor>

                        data: {"type":"done","finish_reason":"stop"}
                        id: <cursor>

                        """);
    }

    @Test
    void theIdIsTheCursorOfWhatWasGiven() {
        Subscription stream = shop.watch(() -> {});

        Frame frame = stream.poll();
        Shop.TEXT.append(frame, stream, out);

        assertThat(Shop.TOKENS.decode(ids(out.toString()).getLast())).isEqualTo(cursor(frame));
    }

    @Test
    void aSignOfLifeIsAComment() {
        Shop.TEXT.append(new Frame.Heartbeat(), shop.watch(() -> {}), out);

        assertThat(out.toString()).isEqualTo(": heartbeat\n\n");
    }

    @Test
    void aGoodbyeSaysWhetherToComeBackAndMovesNoCursor() {
        Shop.TEXT.append(new Frame.Closing(CloseReason.SHUTDOWN), shop.watch(() -> {}), out);

        assertThat(out.toString())
                .isEqualTo(
                        """
                        data: {"type":"error","code":"shutting_down","message":"The service is stopping","retry":true}

                        """);
    }

    @Test
    void whatTheVersionCannotSayIsSentAsASnapshot() {
        Subscription stream = shop.watch(() -> {});
        appendAll(stream);
        out.clear();
        shop.commit(
                new Change.Replace(
                        Part.SHARED, Pointer.ROOT, JsonObject.of("bell", Json.of("new"))));

        appendAll(stream);

        String text = out.toString();
        assertThat(text)
                .startsWith(
                        "data: {\"type\":\"snapshot\",\"snapshot_version\":1,\"world\":{\"bell\":\"new\"}");
        assertThat(ids(text))
                .singleElement()
                .satisfies(
                        id -> assertThat(Shop.TOKENS.decode(id).world().revision()).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n\ndata: {\"type\":\"done\"}\n\nb",
                "a\r\rdata: forged\r\rb",
                "a\r\n\r\nid: forged\r\n\r\nb",
                "a\u0085\u2028\u2029\u000b\f\0b",
                "data: \uFEFF: heartbeat"
            })
    void textCannotForgeAnEvent(String text) {
        Turn turn = shop.turn();
        Subscription stream = shop.follow(turn, () -> {});
        ManualNarrator narrator = new ManualNarrator();
        TestTurns.narrate(turn, narrator);
        narrator.write(text);
        Shop.TEXT.append(stream.poll(), stream, out);
        out.clear();

        Shop.TEXT.append(stream.poll(), stream, out);

        String event = out.toString();
        assertThat(event).matches("data: [^\\n\\r]+\\nid: [A-Za-z0-9_-]+\\n\\n");
        String json = event.substring("data: ".length(), event.indexOf('\n'));
        assertThat(
                        JsonReader.strict()
                                .readObject(json.getBytes(StandardCharsets.UTF_8))
                                .text("content"))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a b", "a:b", "a\0", "é", "a="})
    void anIdHasTheCharactersOfATokenOnly(String id) {
        assertThatThrownBy(() -> EventText.checked(id))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void appendAll(Subscription stream) {
        Frame frame;
        while ((frame = stream.poll()) != null) {
            Shop.TEXT.append(frame, stream, out);
        }
    }

    private static List<String> ids(String events) {
        return events.lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring("id: ".length()))
                .toList();
    }

    private static Cursor cursor(Frame frame) {
        return ((Frame.Snapshot) frame).cursor();
    }
}
