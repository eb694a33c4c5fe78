package io.worldweave.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code docs/asyncapi.yaml} describes the messages as they are, those of sessions first of all.
 */
class AsyncApiTest {
    private static final Path FILE = Path.of("../docs/asyncapi.yaml");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    /** Which message a golden file shows, by how its name begins. */
    private static final Map<String, String> SHOWN =
            Map.ofEntries(
                    Map.entry("frame-snapshot", "snapshot"),
                    Map.entry("frame-metadata", "metadata"),
                    Map.entry("frame-content", "content"),
                    Map.entry("frame-tool-use", "toolUse"),
                    Map.entry("frame-error", "error"),
                    Map.entry("frame-done", "done"),
                    Map.entry("frame-closing", "closing"),
                    Map.entry("session-area-of-interest", "areaOfInterest"),
                    Map.entry("session-connected", "connected"),
                    Map.entry("session-commands-schema", "commandsSchema"),
                    Map.entry("session-error", "sessionError"),
                    Map.entry("session-pong", "pong"),
                    Map.entry("session-presence", "presence"),
                    Map.entry("action-response", "actionResponse"),
                    Map.entry("world-update-0.4", "worldUpdate"),
                    Map.entry("world-update-0.3", "worldUpdateV03"));

    /** A name that stands twice in one object is refused here. */
    private final JsonObject api =
            (JsonObject)
                    json(
                            new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                                    .loadFromString(text(FILE)));

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Json json(Object yaml) {
        return switch (yaml) {
            case null -> JsonNull.NULL;
            case Map<?, ?> map ->
                    JsonObject.of(
                            map.entrySet().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    entry -> String.valueOf(entry.getKey()),
                                                    entry -> json(entry.getValue()))));
            case List<?> list -> new JsonArray(list.stream().map(AsyncApiTest::json).toList());
            case Boolean flag -> Json.of(flag);
            case Integer number -> Json.of(number.longValue());
            case Long number -> Json.of(number);
            case Double number -> Json.of(number);
            case String text -> Json.of(text);
            default -> throw new AssertionError("no JSON: " + yaml);
        };
    }

    private JsonObject resolved(JsonObject object) {
        String reference = object.text("$ref");
        if (reference == null) {
            return object;
        }
        JsonObject at = api;
        for (String name : reference.substring("#/".length()).split("/", -1)) {
            assertThat(at.has(name)).as(reference).isTrue();
            at = at.object(name);
        }
        return resolved(at);
    }

    private static List<JsonObject> objects(JsonObject holder, String name) {
        return holder.get(name) instanceof JsonArray array
                ? array.elements().stream().map(JsonObject.class::cast).toList()
                : List.of();
    }

    private static List<String> texts(JsonObject holder, String name) {
        return ((JsonArray) Objects.requireNonNull(holder.get(name)))
                .elements().stream()
                        .map(element -> JsonObject.of("text", element).text("text", ""))
                        .toList();
    }

    /** Returns the names of the messages of an operation of sessions. */
    private List<String> messagesOf(String operation) {
        return objects(api.object("operations").object(operation), "messages").stream()
                .map(reference -> reference.text("$ref", ""))
                .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
                .toList();
    }

    private JsonObject message(String name) {
        return resolved(api.object("components").object("messages").object(name));
    }

    @Test
    void everyMessageOfAClientIsDescribedAndUnderstood() {
        Set<Class<?>> understood = new HashSet<>();
        for (String name : messagesOf("play")) {
            for (JsonObject example : objects(message(name), "examples")) {
                ClientMessage read =
                        ClientMessage.of(JsonWriter.compact(example.object("payload")));
                assertThat(read).as(name).isNotInstanceOf(ClientMessage.Refused.class);
                understood.add(read.getClass());
            }
        }
        assertThat(understood)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ClientMessage.class.getPermittedSubclasses())
                                .filter(kind -> kind != ClientMessage.Refused.class)
                                .toList());
    }

    @Test
    void everyMessageOfTheServiceIsDescribedWithItsMembers() throws IOException {
        Set<String> shown = new TreeSet<>();
        try (Stream<Path> files = Files.list(GOLDEN)) {
            for (Path file : files.sorted().toList()) {
                String name = messageOf(String.valueOf(file.getFileName()));
                assertDescribed(name, JsonReader.strict().readObject(text(file).getBytes(UTF_8)));
                shown.add(name);
            }
        }
        // what other programs say is passed on as it is
        shown.add("outside");
        assertThat(messagesOf("tell")).containsExactlyInAnyOrderElementsOf(shown);
    }

    private static String messageOf(String file) {
        return SHOWN.entrySet().stream()
                .filter(entry -> file.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " shows no message that is named"));
    }

    @Test
    void everyExampleIsWhatItIsAnExampleOf() {
        List<String> empty = new ArrayList<>();
        for (String name : api.object("components").object("messages").names()) {
            List<JsonObject> examples = objects(message(name), "examples");
            examples.forEach(example -> assertDescribed(name, example.object("payload")));
            if (examples.isEmpty()) {
                empty.add(name);
            }
        }
        assertThat(empty).as("messages without an example").isEmpty();
    }

    /** It has the members that it must have, and no others than are described. */
    private void assertDescribed(String name, JsonObject payload) {
        JsonObject schema = resolved(message(name).object("payload"));
        JsonObject properties = schema.object("properties");
        if (schema.has("required")) {
            assertThat(texts(schema, "required")).as(name).isSubsetOf(payload.names());
        }
        if (!JsonBoolean.TRUE.equals(schema.get("additionalProperties"))) {
            assertThat(payload.names()).as(name).isSubsetOf(properties.names());
        }
        Json type = properties.object("type").get("const");
        if (type != null) {
            assertThat(payload.get("type")).as(name).isEqualTo(type);
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(references(api)).isNotEmpty().allSatisfy(this::resolved);
    }

    private static List<JsonObject> references(Json json) {
        List<JsonObject> found = new ArrayList<>();
        if (json instanceof JsonObject object) {
            if (object.has("$ref")) {
                found.add(object);
            }
            object.names().forEach(name -> found.addAll(references(object.get(name))));
        } else if (json instanceof JsonArray array) {
            array.elements().forEach(element -> found.addAll(references(element)));
        }
        return found;
    }

    @Test
    void everyWayInWhichASessionIsClosedIsListed() {
        JsonObject session = api.object("channels").object("session");
        List<String> closes =
                objects(session, "x-close-codes").stream()
                        .map(close ->
                                close.get("code")
                                        + " "
                                        + texts(close, "reasons")
                                        + " "
                                        + close.get("come_back"))
                        .toList();

        assertThat(closes)
                .containsExactlyElementsOf(
                        Arrays.stream(SessionClose.values())
                                .map(close ->
                                        close.code()
                                                + " "
                                                + close.reasons().stream()
                                                        .map(ErrorCode::code)
                                                        .toList()
                                                + " "
                                                + close.comeBack())
                                .toList());
    }

    @Test
    void everyCodeOfASessionsErrorsIsListed() {
        JsonObject error = api.object("components").object("schemas").object("SessionError");

        assertThat(texts(error.object("properties").object("code"), "enum"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(SessionErrorCode.values())
                                .map(SessionErrorCode::code)
                                .toList());
    }
}
