package io.worldweave.narrator.kit;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.narrator.Vendor;
import io.worldweave.wire.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How a vendor streams an answer: each string is one event as it goes over the wire. */
public enum WireFormat {
    /** Chat completions: unnamed events, each a delta, and {@code [DONE]}. */
    OPENAI(Vendor.OPENAI, "text/event-stream") {
        @Override
        public List<String> begin() {
            return List.of(
                    delta(JsonObject.of("role", Json.of("assistant"), "content", Json.of(""))));
        }

        @Override
        public List<String> words(int block, String text) {
            return List.of(delta(JsonObject.of("content", Json.of(text))));
        }

        @Override
        public List<String> call(int block, int number, Said.Call call) {
            List<String> events = new ArrayList<>();
            events.add(
                    delta(
                            tool(
                                    number,
                                    JsonObject.of(
                                            "name", Json.of(call.name()), "arguments", Json.of("")),
                                    call.id())));
            for (String piece : pieces(call.arguments())) {
                events.add(delta(tool(number, JsonObject.of("arguments", Json.of(piece)), null)));
            }
            return events;
        }

        @Override
        public List<String> end(int blocks, String reason, int in, int out) {
            String word =
                    switch (reason) {
                        case "tools" -> "tool_calls";
                        case "length" -> "length";
                        default -> "stop";
                    };
            JsonObject usage =
                    JsonObject.of(
                            "prompt_tokens",
                            Json.of(in),
                            "completion_tokens",
                            Json.of(out),
                            "total_tokens",
                            Json.of(in + out));
            return List.of(
                    chunk(choice(JsonObject.EMPTY, Json.of(word)), null),
                    chunk(JsonArray.EMPTY, usage),
                    "data: [DONE]\n\n");
        }

        private JsonObject tool(int number, JsonObject function, String id) {
            JsonObject call = JsonObject.of("index", Json.of(number), "function", function);
            if (id != null) {
                call = call.with("id", Json.of(id)).with("type", Json.of("function"));
            }
            return JsonObject.of("tool_calls", new JsonArray(List.of(call)));
        }

        private String delta(JsonObject delta) {
            return chunk(choice(delta, io.worldweave.domain.json.JsonNull.NULL), null);
        }

        private JsonArray choice(JsonObject delta, Json reason) {
            return new JsonArray(
                    List.of(
                            JsonObject.of(
                                    "index", Json.of(0), "delta", delta, "finish_reason", reason)));
        }

        private String chunk(JsonArray choices, JsonObject usage) {
            JsonObject chunk =
                    JsonObject.of(
                                    "id",
                                    Json.of("chatcmpl-1"),
                                    "object",
                                    Json.of("chat.completion.chunk"))
                            .with("created", Json.of(1_731_240_000))
                            .with("model", Json.of("test-model"))
                            .with("choices", choices);
            return "data: " + text(usage == null ? chunk : chunk.with("usage", usage)) + "\n\n";
        }
    },

    /** Messages: named events, blocks that begin and end, and {@code message_stop}. */
    ANTHROPIC(Vendor.ANTHROPIC, "text/event-stream") {
        @Override
        public List<String> begin() {
            JsonObject message =
                    JsonObject.of("id", Json.of("msg_1"), "type", Json.of("message"))
                            .with("role", Json.of("assistant"))
                            .with("model", Json.of("test-model"))
                            .with("content", JsonArray.EMPTY)
                            .with(
                                    "usage",
                                    JsonObject.of(
                                            "input_tokens",
                                            Json.of(1),
                                            "output_tokens",
                                            Json.of(1)));
            return List.of(
                    event("message_start", JsonObject.of("message", message)),
                    event("ping", JsonObject.EMPTY));
        }

        @Override
        public List<String> words(int block, String text) {
            JsonObject empty = JsonObject.of("type", Json.of("text"), "text", Json.of(""));
            JsonObject delta = JsonObject.of("type", Json.of("text_delta"), "text", Json.of(text));
            return block(block, empty, List.of(delta));
        }

        @Override
        public List<String> call(int block, int number, Said.Call call) {
            JsonObject begun =
                    JsonObject.of("type", Json.of("tool_use"), "id", Json.of(call.id()))
                            .with("name", Json.of(call.name()))
                            .with("input", JsonObject.EMPTY);
            List<JsonObject> deltas =
                    pieces(call.arguments()).stream()
                            .map(piece ->
                                    JsonObject.of(
                                            "type",
                                            Json.of("input_json_delta"),
                                            "partial_json",
                                            Json.of(piece)))
                            .toList();
            return block(block, begun, deltas);
        }

        @Override
        public List<String> end(int blocks, String reason, int in, int out) {
            String word =
                    switch (reason) {
                        case "tools" -> "tool_use";
                        case "length" -> "max_tokens";
                        default -> "end_turn";
                    };
            JsonObject usage =
                    JsonObject.of("input_tokens", Json.of(in), "output_tokens", Json.of(out));
            JsonObject delta = JsonObject.of("stop_reason", Json.of(word));
            return List.of(
                    event("message_delta", JsonObject.of("delta", delta, "usage", usage)),
                    event("message_stop", JsonObject.EMPTY));
        }

        private List<String> block(int index, JsonObject begun, List<JsonObject> deltas) {
            List<String> events = new ArrayList<>();
            events.add(
                    event(
                            "content_block_start",
                            JsonObject.of("index", Json.of(index), "content_block", begun)));
            for (JsonObject delta : deltas) {
                events.add(
                        event(
                                "content_block_delta",
                                JsonObject.of("index", Json.of(index), "delta", delta)));
            }
            events.add(event("content_block_stop", JsonObject.of("index", Json.of(index))));
            return events;
        }

        private String event(String name, JsonObject content) {
            return "event: "
                    + name
                    + "\ndata: "
                    + text(content.with("type", Json.of(name)))
                    + "\n\n";
        }
    },

    /** Chat: a JSON object in each line, the last with {@code "done":true}. */
    OLLAMA(Vendor.OLLAMA, "application/x-ndjson") {
        @Override
        public List<String> begin() {
            return List.of();
        }

        @Override
        public List<String> words(int block, String text) {
            return List.of(line(message(text), false, "", 0, 0));
        }

        @Override
        public List<String> call(int block, int number, Said.Call call) {
            // Ollama parses arguments itself; what is no JSON object never comes as one
            String function =
                    "{\"function\":{\"index\":"
                            + number
                            + ",\"name\":"
                            + text(Json.of(call.name()))
                            + ",\"arguments\":"
                            + call.arguments()
                            + "}}";
            return List.of(
                    "{\"model\":\"test-model\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":"
                            + "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":["
                            + function
                            + "]},\"done\":false}\n");
        }

        @Override
        public List<String> end(int blocks, String reason, int in, int out) {
            String word = reason.equals("length") ? "length" : "stop";
            return List.of(line(message(""), true, word, in, out));
        }

        private JsonObject message(String text) {
            return JsonObject.of("role", Json.of("assistant"), "content", Json.of(text));
        }

        private String line(JsonObject message, boolean done, String reason, int in, int out) {
            JsonObject line =
                    JsonObject.of(
                                    "model",
                                    Json.of("test-model"),
                                    "created_at",
                                    Json.of("2026-01-01T00:00:00Z"))
                            .with("message", message)
                            .with("done", Json.of(done));
            if (done) {
                line =
                        line.with("done_reason", Json.of(reason))
                                .with("prompt_eval_count", Json.of(in))
                                .with("eval_count", Json.of(out));
            }
            return text(line) + "\n";
        }
    };

    private final Vendor vendor;
    private final String contentType;

    WireFormat(Vendor vendor, String contentType) {
        this.vendor = vendor;
        this.contentType = contentType;
    }

    public Vendor vendor() {
        return vendor;
    }

    public String contentType() {
        return contentType;
    }

    public abstract List<String> begin();

    public abstract List<String> words(int block, String text);

    public abstract List<String> call(int block, int number, Said.Call call);

    /** {@code reason} is {@code stop}, {@code tools} or {@code length}. */
    public abstract List<String> end(int blocks, String reason, int in, int out);

    /** Arguments come in pieces, as models write them. */
    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < text.length(); i += 7) {
            pieces.add(text.substring(i, Math.min(text.length(), i + 7)));
        }
        return pieces;
    }

    static String text(Json value) {
        return new String(JsonWriter.compact(value), StandardCharsets.UTF_8);
    }
}
