package io.worldweave.narrator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.command.CommandSchemas;
import io.worldweave.domain.command.Glade;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.turn.Brief;
import io.worldweave.domain.turn.Narration;
import io.worldweave.domain.turn.Narrator;
import io.worldweave.domain.turn.NarratorContract;
import io.worldweave.domain.turn.NarratorFailedException;
import io.worldweave.domain.turn.NarratorFailedException.Kind;
import io.worldweave.domain.turn.Reader;
import io.worldweave.domain.turn.Scene;
import io.worldweave.domain.turn.Tier;
import io.worldweave.narrator.kit.ModelServer;
import io.worldweave.narrator.kit.Reply;
import io.worldweave.narrator.kit.Said;
import io.worldweave.narrator.kit.WireFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a narrator over a model promises, whatever the vendor: one class for each of them. */
@Timeout(60)
abstract class ModelNarratorTest implements NarratorContract {
    private static final String KEY = "sk-very-secret-0123456789";
    private static final Reply HANGING = Reply.silence();

    private final WireFormat format;
    private final AtomicReference<Function<String, Reply>> script = new AtomicReference<>();
    private final ModelServer server;
    private final ModelSettings settings;
    private final ModelNarrator narrator;

    ModelNarratorTest(WireFormat format) {
        this.format = format;
        this.server = new ModelServer(format, request -> script.get().apply(request));
        this.settings =
                new ModelSettings(format.vendor(), server.url(), KEY, "large", "quick", 64, 8);
        this.narrator = new ModelNarrator(settings);
        reply(Reply.of(format, Said.words("Once "), Said.words("upon "), Said.words("a time.")));
    }

    @AfterEach
    void nothingIsLeft() {
        narrator.close();
        await().atMost(20, SECONDS).until(() -> narrator.reading() == 0);
        await().atMost(20, SECONDS).until(() -> server.openConnections() == 0);
        server.close();
    }

    @Override
    public Narrator narrator() {
        return narrator;
    }

    @Override
    public void settle() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(20, SECONDS)
                .until(narrator::isSettled);
    }

    private void reply(Reply reply) {
        script.set(_ -> reply);
    }

    private static Scene wish(List<Brief.Round> rounds, boolean last) {
        Scene scene = NarratorContract.scene();
        Brief brief =
                new Brief(
                        Tier.CONVERSATION,
                        JsonArray.EMPTY,
                        JsonObject.of("here", Json.of("a shop")),
                        List.of("Louisa: You are Louisa."),
                        List.of(new Brief.Exchange("hello", "Hello yourself.")),
                        CommandSchemas.tools(Glade.experience()),
                        rounds,
                        last);
        ActionResult nothing =
                new ActionResult(
                        "",
                        false,
                        ActionResult.NOT_UNDERSTOOD,
                        "What?",
                        null,
                        JsonObject.EMPTY,
                        JsonObject.EMPTY);
        return new Scene(
                scene.experience(),
                scene.player(),
                "give me a bottle",
                nothing,
                scene.state(),
                brief);
    }

    private Reader ask(Scene scene) {
        Reader reader = new Reader();
        narrator.narrate(scene).subscribe(reader);
        reader.request(Long.MAX_VALUE);
        return reader;
    }

    private Reader finished(Scene scene) {
        Reader reader = ask(scene);
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(10, SECONDS)
                .until(() -> reader.endings() > 0);
        return reader;
    }

    private Kind failure() {
        return NarratorFailedException.kindOf(finished(wish(List.of(), false)).failure());
    }

    @Test
    void theTextIsWhatTheModelSentAndItsCostIsTold() {
        reply(
                Reply.of(
                        format,
                        Said.words("Zwölf "),
                        Said.words("🙂 \n\n"),
                        Said.words("\"so\" \\ it\u2028is")));
        Reader reader = finished(wish(List.of(), false));

        assertThat(reader.text()).isEqualTo("Zwölf 🙂 \n\n\"so\" \\ it\u2028is");
        assertThat(reader.all()).contains(new Narration.Usage(100, 3));
    }

    @Test
    void aCallIsGivenOnWholeAfterTheWords() {
        reply(
                Reply.of(
                        format,
                        Said.words("Let me see."),
                        Said.call("collect_item", "{\"instance_id\":\"bottle_1\"}")));
        Reader reader = finished(wish(List.of(), false));

        assertThat(reader.text()).isEqualTo("Let me see.");
        assertThat(reader.all())
                .filteredOn(Narration.Call.class::isInstance)
                .extracting(call -> ((Narration.Call) call).arguments())
                .containsExactly(JsonObject.of("instance_id", Json.of("bottle_1")));
    }

    @Test
    void twoCallsAreTwo() {
        reply(
                Reply.of(
                        format,
                        Said.call("inventory", "{}"),
                        Said.call("go", "{\"destination\":\"counter\"}")));

        assertThat(finished(wish(List.of(), false)).all())
                .filteredOn(Narration.Call.class::isInstance)
                .extracting(call -> ((Narration.Call) call).tool())
                .containsExactly("inventory", "go");
    }

    @Test
    void anAnswerThatIsCutAtAnyByteFailsAndAsksForNothing() {
        Reply whole =
                Reply.of(
                        format,
                        Said.words("Hm. "),
                        Said.call("collect_item", "{\"instance_id\":\"bottle_1\"}"));
        int length = length(whole);
        int step = Boolean.getBoolean("long") ? 1 : 5;
        for (int at = 0; at < length; at += step) {
            reply(whole.cutAt(at));
            Reader reader = finished(wish(List.of(), false));
            boolean calls = reader.all().stream().anyMatch(Narration.Call.class::isInstance);

            // what follows the model's own word for the end may be lost
            if (at < length - 200 || reader.failures() > 0) {
                assertThat(reader.failures()).as("cut at %s of %s", at, length).isEqualTo(1);
                assertThat(calls).as("cut at %s of %s", at, length).isFalse();
            }
            assertThat(reader.endings()).isEqualTo(1);
        }
    }

    private static int length(Reply reply) {
        return reply.events().stream().mapToInt(event -> event.length() + 6).sum() + 80;
    }

    @Test
    void anEventThatCannotBeReadEndsTheAnswerAndIsNotLeftOut() {
        Reply whole =
                Reply.of(
                        format,
                        Said.call(
                                "collect_item",
                                "{\"instance_id\":\"bottle_1\",\"x\":\"aaaaaaaaaaaaaaaaaaaaa\"}"));
        for (int i = 0; i < whole.events().size() - 1; i++) {
            String event = whole.events().get(i);
            if (event.contains("{") && event.length() > 20) {
                reply(whole.with(i, event.replaceFirst("\\{\"", "{{")));
                Reader reader = finished(wish(List.of(), false));

                assertThat(reader.failures()).as("event " + i).isEqualTo(1);
                assertThat(reader.all()).noneMatch(Narration.Call.class::isInstance);
            }
        }
    }

    @Test
    void aCallThatWasCutOffByTheLimitOfTheAnswerIsNotGivenOn() {
        reply(
                Reply.ending(
                        format,
                        "length",
                        Said.call("collect_item", "{\"instance_id\":\"bottle_1\"}")));
        Reader reader = finished(wish(List.of(), false));

        // Ollama does not say so when there are tool calls, which it only sends whole
        if (format != WireFormat.OLLAMA) {
            assertThat(reader.failures()).isEqualTo(1);
            assertThat(reader.all()).noneMatch(Narration.Call.class::isInstance);
        }
    }

    @Test
    void argumentsThatAreNoJsonObjectAreABrokenCall() {
        for (String arguments :
                List.of(
                        "{\"instance_id\":",
                        "[1]",
                        "nonsense",
                        "{\"a\":1}{\"b\":2}",
                        "{\"instance_id\":\"a\",\"instance_id\":\"b\"}")) {
            reply(Reply.of(format, Said.call("collect_item", arguments)));
            Reader reader = finished(wish(List.of(), false));

            // what Ollama parses itself is a malformed answer, or a call of one of two like members
            if (format != WireFormat.OLLAMA) {
                assertThat(reader.all())
                        .as(arguments)
                        .anyMatch(Narration.BrokenCall.class::isInstance)
                        .noneMatch(Narration.Call.class::isInstance);
            }
            assertThat(reader.endings()).isEqualTo(1);
        }
    }

    @Test
    void whatTheModelAnswersInsteadSaysWhetherToAskAgain() {
        reply(Reply.status(429).withHeader("Retry-After: 3"));
        Reader busy = finished(wish(List.of(), false));
        assertThat(NarratorFailedException.kindOf(busy.failure())).isEqualTo(Kind.BUSY);
        assertThat(((NarratorFailedException) busy.failure()).pause()).hasSeconds(3);
        reply(Reply.status(500));
        assertThat(failure()).isEqualTo(Kind.FAULT);
        reply(Reply.status(503));
        assertThat(failure()).isEqualTo(Kind.FAULT);
        reply(Reply.status(401));
        assertThat(failure()).isEqualTo(Kind.REFUSED);
        reply(Reply.status(404));
        assertThat(failure()).isEqualTo(Kind.REFUSED);
        reply(Reply.of(format, Said.words("gone")).cutAt(0));
        assertThat(failure()).isEqualTo(Kind.CUT_OFF);
    }

    @Test
    void cancellingClosesTheConnectionBeforeTheFirstWord() {
        reply(HANGING);
        Reader reader = ask(wish(List.of(), false));
        await().until(() -> server.underWay() == 1);
        reader.cancel();

        await().atMost(20, SECONDS).until(() -> server.openConnections() == 0);
        assertThat(reader.endings()).isZero();
    }

    @Test
    void cancellingClosesTheConnectionBetweenWords() {
        Reply begun = Reply.of(format, Said.words("Once "), Said.words("upon"));
        reply(begun.hangingAfter(begun.events().size() - format.end(2, "stop", 1, 1).size()));
        Reader reader = ask(wish(List.of(), false));
        await().until(() -> reader.chunks().size() == 2);
        reader.cancel();

        await().atMost(20, SECONDS).until(() -> server.openConnections() == 0);
        assertThat(reader.endings()).isZero();
    }

    @Test
    void cancellingClosesTheConnectionWhileNobodyAsksForMore() {
        reply(HANGING.events().isEmpty() ? Reply.of(format, Said.words("Once ")) : HANGING);
        Reader reader = new Reader();
        narrator.narrate(wish(List.of(), false)).subscribe(reader);
        await().until(() -> server.served() == 1);
        reader.cancel();

        await().atMost(20, SECONDS).until(() -> narrator.reading() == 0);
        assertThat(reader.all()).isEmpty();
    }

    @Test
    void moreAnswersThanMayBeReadAreABusyModel() {
        reply(HANGING);
        List<Reader> all = Stream.generate(() -> ask(wish(List.of(), false))).limit(8).toList();
        await().until(() -> server.underWay() == 8);

        assertThat(failure()).isEqualTo(Kind.BUSY);
        all.forEach(Reader::cancel);
    }

    @Test
    void anAnswerWithoutEndIsCutOffAtItsLimit() {
        String much = "word ".repeat(200_000);
        Said[] said = new Said[12];
        Arrays.fill(said, Said.words(much));
        reply(Reply.of(format, said));

        assertThat(failure()).isEqualTo(Kind.TOO_LONG);
    }

    @Test
    void theModelIsToldWhatItNeedsAndTheKeyGoesNowhereElse() {
        List<Brief.Round> rounds =
                List.of(
                        new Brief.Round(
                                "Let me see.",
                                List.of(
                                        new Brief.Answer(
                                                "call_1",
                                                "collect_item",
                                                JsonObject.of("instance_id", Json.of("bottle_1")),
                                                JsonObject.of("code", Json.of("success"))))));
        finished(wish(rounds, false));
        String request = server.requests().getFirst();

        assertThat(request)
                .contains("\"large\"", "give me a bottle", "Hello yourself.", "You are Louisa.")
                .contains("Tell it as a fairy tale.", "a shop", "collect_item", "instance_id")
                .contains("bottle_1", "success")
                .doesNotContain("@spawn");
        assertThat(request.contains(KEY)).isEqualTo(format != WireFormat.OLLAMA);
        reply(Reply.status(401));
        Throwable failure = finished(wish(List.of(), false)).failure();
        assertThat(failure).hasMessageNotContaining(KEY);
        assertThat(settings.toString()).doesNotContain(KEY);
    }

    @Test
    void aCommandIsToldByTheQuickModelWithoutTools() {
        finished(NarratorContract.scene());

        assertThat(server.requests().getFirst())
                .contains("\"quick\"", "Shelves to the ceiling")
                .doesNotContain("collect_item");
    }
}
