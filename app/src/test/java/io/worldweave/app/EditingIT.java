package io.worldweave.app;

import static io.worldweave.app.Answers.assertProblem;
import static io.worldweave.app.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.app.EventReader.Event;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Authors edit files of an experience while players are in its world. */
@Timeout(180)
class EditingIT {
    private static final String BASE = "/experiences/wylding-woods/";
    private static final String EVENTS = BASE + "events";
    private static final String WORLD = "state/world.json";
    private static final String BOTTLE_TEMPLATE = "templates/items/dream_bottle.md";

    /** What the issue promises: an edit is seen within a second. */
    private static final Duration PROMISED = Duration.ofSeconds(1);

    /** On a machine that is busy with other things one try may take longer. */
    private static final int TRIES = 5;

    private static final String LAMP =
            """
            {"every": "PT1S",
             "steps": [
               {"merge": {"lamp": "lit"}},
               {"merge": {"lamp": "dark"}}]}
            """;

    private static RunningServer server;

    private final Client alice = Client.of(server, "demo-alice");
    private final Client admin = Client.of(server, "demo-admin");
    private String world = "";

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void readTheWorld() throws Exception {
        assertThat(alice.get(BASE + "player").statusCode()).isEqualTo(200);
        world = Files.readString(file(WORLD));
    }

    private static Path file(String name) {
        return server.dataDirectory().resolve("experiences/wylding-woods").resolve(name);
    }

    /** Saves a file as many editors do: beside it, and then in its place. */
    private static void save(String name, String text) throws IOException {
        Path beside = file(name + ".swp~");
        Files.writeString(beside, text);
        Files.move(beside, file(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String edited(String text, String part, String replacement) {
        assertThat(text).contains(part);
        return text.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(replacement));
    }

    /** Something that an author does and a player sees. */
    @FunctionalInterface
    private interface SeenEdit {
        void tryIt(int attempt) throws Exception;
    }

    /** Returns how long the first try took that kept the promise, or else the last. */
    private static Duration quickest(SeenEdit edit) throws Exception {
        Duration took = PROMISED;
        for (int attempt = 1; attempt <= TRIES && took.compareTo(PROMISED) >= 0; attempt++) {
            long saved = System.nanoTime();
            edit.tryIt(attempt);
            took = Duration.ofNanos(System.nanoTime() - saved);
        }
        return took;
    }

    private static String assertDelta(EventReader stream, String text) {
        Event event = stream.next(next -> next.data().toString().contains(text));
        assertThat(event.type()).isEqualTo("world_update");
        assertThat(event.data().object("metadata").text("source")).isEqualTo("author");
        return event.data().toString();
    }

    private static String command(String name, int attempt) {
        return """
        ---
        command: %s
        action: look
        aliases: [survey %d]
        description: Look from up here.
        ---
        # Survey

        ## Texts
        - **Success**: From up here you see {area}.
        """
                .formatted(name, attempt);
    }

    private JsonObject edits() throws Exception {
        return json(admin.get(BASE + "edits"));
    }

    private @Nullable JsonObject lastEdit() throws Exception {
        return edits().get("edits") instanceof JsonArray list && !list.elements().isEmpty()
                ? (JsonObject) list.elements().getFirst()
                : null;
    }

    /** Waits for the report of an edit of that file which is told of by {@code text}. */
    private JsonObject reported(String text) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> lastEdit() == null ? JsonObject.EMPTY : lastEdit(),
                        edit -> edit.toString().contains(text));
    }

    private static List<JsonObject> list(JsonObject object, String name) {
        return ((JsonArray) object.get(name))
                .elements().stream().map(JsonObject.class::cast).toList();
    }

    private JsonObject say(String message) throws Exception {
        return json(alice.post(BASE + "commands", "{\"message\":\"" + message + "\"}"));
    }

    private JsonObject state() throws Exception {
        return json(alice.get(BASE + "state"));
    }

    @Test
    void everyPlayerSeesAnEditOfTheWorldWithinASecondAsADelta() throws Exception {
        try (EventReader first = EventReader.get(server, EVENTS, "demo-alice");
                EventReader second = EventReader.get(server, EVENTS, "demo-bob")) {
            first.next("snapshot");
            second.next("snapshot");
            Duration took =
                    quickest(attempt -> {
                        String weather = "\"weather\": \"rain " + attempt + "\"";
                        save(WORLD, edited(world, "\"locations\"", weather + ",\n  \"locations\""));
                        assertDelta(first, "rain " + attempt);
                    });
            assertDelta(second, "rain 1");
            assertThat(took).isLessThan(PROMISED);
        }
    }

    @Test
    void everyPlayerSeesAnEditOfATemplateWithinASecondAsADelta() throws Exception {
        String template = Files.readString(file(BOTTLE_TEMPLATE));
        try (EventReader stream = EventReader.get(server, EVENTS, "demo-bob")) {
            stream.next("snapshot");
            Duration took =
                    quickest(attempt -> {
                        save(
                                BOTTLE_TEMPLATE,
                                edited(
                                        template,
                                        "## Properties\n",
                                        "## Properties\n- **Fragility**: very " + attempt + "\n"));
                        assertThat(assertDelta(stream, "very " + attempt))
                                .contains("dream_bottle_3");
                    });
            assertThat(took).isLessThan(PROMISED);
        }
    }

    @Test
    void aNewCommandCanBeUsedWithinASecond() throws Exception {
        assertThat(say("survey 1").flag("success", true)).isFalse();

        Duration took =
                quickest(attempt -> {
                    String name = "survey_" + attempt;
                    save("game-logic/" + name + ".md", command(name, attempt));
                    await().atMost(Duration.ofSeconds(20))
                            .pollInterval(Duration.ofMillis(20))
                            .until(
                                    () -> say("survey " + attempt).text("message", ""),
                                    said -> said.contains("up here"));
                });

        assertThat(took).isLessThan(PROMISED);
        assertThat(alice.get(BASE + "commands").body()).contains("look");
    }

    @Test
    void anInvalidEditChangesNothingAndIsReportedWithFileLineAndReason() throws Exception {
        JsonObject before = state();
        save(WORLD, edited(world, "\"locations\": {", "\"locations\": {{"));

        JsonObject edit = reported("\"valid\":false");
        JsonObject problem = list(edit, "problems").getFirst();
        int line = (int) world.substring(0, world.indexOf("\"locations\"")).lines().count();
        assertThat(problem.text("file")).isEqualTo("wylding-woods/" + WORLD);
        assertThat(problem.get("line")).isEqualTo(Json.of(line));
        assertThat(problem.has("column")).isTrue();
        assertThat(problem.text("reason", "")).isNotBlank();
        assertThat(server.log()).contains("wylding-woods/" + WORLD).contains("(line " + line);
        assertThat(state()).isEqualTo(before);

        save(WORLD, world);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aWorldActsByItselfFromWhenItsScheduleIsWrittenUntilThatIsGone() throws Exception {
        String lamp = "schedules/lamp.json";
        Files.createDirectories(file("schedules"));
        try (EventReader stream = EventReader.get(server, EVENTS, "demo-bob")) {
            stream.next("snapshot");
            save(lamp, LAMP.replaceFirst("merge", "juggle"));
            JsonObject problem = list(reported(lamp), "problems").getFirst();
            assertThat(problem.text("file")).isEqualTo("wylding-woods/" + lamp);
            assertThat(problem.get("line")).isEqualTo(Json.of(3));
            assertThat(problem.text("reason")).contains("'move' or 'command'");

            save(lamp, LAMP);
            for (String light : List.of("lit", "dark", "lit")) {
                Event event = stream.next(each -> each.data().toString().contains(light));
                assertThat(event.type()).isEqualTo("world_update");
                assertThat(event.data().object("metadata").text("source"))
                        .isEqualTo("schedule:lamp");
                assertThat(event.data().get("user_id")).isEqualTo(JsonNull.NULL);
            }
        } finally {
            Files.deleteIfExists(file(lamp));
        }
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                list(edits(), "edits").stream()
                                        .filter(edit -> edit.toString().contains(lamp))
                                        .count(),
                        count -> count == 3);
    }

    @Test
    void onlyAdminsSeeWhatBecameOfEdits() throws Exception {
        assertProblem(alice.get(BASE + "edits"), 403, "forbidden");
        assertProblem(admin.get("/experiences/nowhere/edits"), 404, "unknown_experience");
    }

    @Test
    void whatAPlayerTookIsEditedInItsHandsAndNotTakenFromThem() throws Exception {
        assertThat(say("take the peaceful dream bottle").flag("success", false)).isTrue();
        String renamed =
                edited(
                        world,
                        "\"semantic_name\": \"peaceful dream bottle\"",
                        "\"semantic_name\": \"very peaceful dream bottle\"");
        try (EventReader stream = EventReader.get(server, EVENTS, "demo-alice")) {
            stream.next("snapshot");
            save(WORLD, renamed);
            assertThat(
                            stream.next(event -> event.data().toString().contains("very peaceful"))
                                    .data()
                                    .toString())
                    .contains("player.inventory");
        }
        assertThat(inventory("dream_bottle_1/semantic_name"))
                .isEqualTo(Json.of("very peaceful dream bottle"));
        assertThat(state().object("locations").toString()).doesNotContain("dream_bottle_1");

        save(WORLD, withoutFirstBottle(renamed));

        JsonObject edit = reported("\"collision_count\":1");
        JsonObject collision = list(list(edit, "worlds").getFirst(), "collisions").getFirst();
        assertThat(collision.text("path")).isEqualTo("/inventory/dream_bottle_1");
        assertThat(collision.text("player")).isEqualTo("alice");
        assertThat(collision.has("base")).isTrue();
        assertThat(collision.has("authors")).isFalse();
        assertThat(inventory("dream_bottle_1")).isNotNull();

        server.kill();
        save(
                WORLD,
                edited(
                        withoutFirstBottle(renamed),
                        "\"locations\"",
                        "\"wind\": \"north\",\n  \"locations\""));
        server.restart();

        assertThat(state().get("wind")).isEqualTo(Json.of("north"));
        assertThat(inventory("dream_bottle_1")).as("after kill -9").isNotNull();
        assertThat(state().object("locations").toString()).doesNotContain("dream_bottle_1");
    }

    private @Nullable Json inventory(String path) throws Exception {
        return Pointer.parse("/inventory/" + path).in(json(alice.get(BASE + "player")));
    }

    /** Removes the line, or lines, of the first bottle, with the comma that parts it. */
    private static String withoutFirstBottle(String text) {
        String without =
                Pattern.compile(
                                "\\{\\s*\"instance_id\": \"dream_bottle_1\".*?\\}\\s*\\},\\s*",
                                Pattern.DOTALL)
                        .matcher(text)
                        .replaceFirst("");
        assertThat(without).doesNotContain("dream_bottle_1");
        return without;
    }
}
