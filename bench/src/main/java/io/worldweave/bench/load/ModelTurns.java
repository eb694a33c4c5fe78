package io.worldweave.bench.load;

import io.worldweave.narrator.kit.ModelServer;
import io.worldweave.narrator.kit.Reply;
import io.worldweave.narrator.kit.Said;
import io.worldweave.narrator.kit.WireFormat;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures turns that a model tells whose first words come after 2.5 s: when a command's change is
 * on the socket, how long a tool call takes to be there, and whether 100 turns of 50 tokens a
 * second starve beside a flood of world updates.
 *
 * <p>Arguments: the service's URL, the port at which it expects its model, how many turns on the
 * fast path (1,000), how many with tools (300).
 */
public final class ModelTurns {
    private static final WireFormat FORMAT = WireFormat.OPENAI;
    private static final int TOKENS = 500;
    private static final int TURNS_AT_ONCE = 100;
    private static final int UPDATES_A_SECOND = 1_000;
    private static final int PUBLISHERS = 32;
    private static final Pattern TEXT = Pattern.compile("\"content\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final String TAKE = "{\"instance_id\":\"dream_bottle_1\"}";

    private final URI service;
    private final PromptCost cost = new PromptCost();
    private final AtomicLong toolSent = new AtomicLong();
    private volatile boolean flood;

    private ModelTurns(URI service) {
        this.service = service;
    }

    public static void main(String[] arguments) throws Exception {
        URI service = URI.create(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        int fast = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1_000;
        int tools = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 300;
        ModelTurns run = new ModelTurns(service);
        try (ModelServer _ = new ModelServer(port, FORMAT, run::reply)) {
            run.measure(fast, tools);
        }
        // its threads are those of a test kit
        System.exit(0);
    }

    private void measure(int fast, int tools) throws Exception {
        Latencies onSocket = new Latencies();
        for (int i = 0; i < fast + 200; i++) {
            String verb = i % 2 == 0 ? "take" : "drop";
            long took = untilUpdate(verb + " the peaceful dream bottle", System.nanoTime());
            if (i >= 200) {
                onSocket.add(took);
            }
        }
        System.err.println("fast path measured");
        Latencies called = new Latencies();
        for (int i = 0; i < tools; i++) {
            called.add(untilUpdate("would somebody bring me what glows so peacefully", -1));
            untilUpdate("drop the peaceful dream bottle", 0);
        }
        System.err.println("tool path measured");
        System.out.println(Latencies.heading());
        System.out.println(onSocket.row("message sent → own world_update read, fast path"));
        System.out.println(called.row("model's answer with a tool call sent → world_update read"));
        // the first time the service learns how to
        together("demo-bob", 'a');
        System.out.print(together("demo-alice", 'k'));
        say("what do the bottles dream of when nobody listens");
        cost.print();
    }

    /** Takes the time from {@code sinceNanos}, or from the model's answer if that is negative. */
    private long untilUpdate(String message, long sinceNanos) throws IOException {
        try (SseConnection connection = new SseConnection(service)) {
            say(connection, "demo-alice", message);
            String conversation = "";
            String line;
            while ((line = connection.streamLine()) != null) {
                if (line.contains("\"type\":\"metadata\"")) {
                    conversation = line.replaceAll(".*\"conversation_id\":\"([^\"]+)\".*", "$1");
                } else if (line.contains("\"type\":\"world_update\"")) {
                    long now = System.nanoTime();
                    HttpRequests.post(
                            service.resolve("/chat/" + conversation + "/stop"), "demo-alice", "");
                    return now - (sinceNanos < 0 ? toolSent.get() : sinceNanos);
                }
            }
        }
        throw new IOException("no world_update for: " + message);
    }

    private static void say(SseConnection connection, String key, String message)
            throws IOException {
        int status =
                connection.send(
                        "POST",
                        "/chat/unified",
                        key,
                        "{\"message\":\"" + message + "\",\"stream\":true}");
        if (status != 200) {
            throw new IOException("the service answered " + status);
        }
    }

    private Reply reply(String request) {
        cost.count(request);
        if (flood) {
            Said[] said = new Said[TOKENS * 2];
            for (int i = 0; i < TOKENS; i++) {
                said[2 * i] = Said.words("token" + i + " ");
                said[2 * i + 1] = Said.pause(20);
            }
            return Reply.of(FORMAT, said);
        }
        if (request.contains("glows so peacefully") && !request.contains("you_now_see")) {
            toolSent.set(System.nanoTime());
            return Reply.of(FORMAT, Said.call("collect_item", TAKE));
        }
        return Reply.of(FORMAT, Said.pause(2_500), Said.words("So it is."));
    }

    /** Says something and waits until the turn is over. */
    private void say(String message) throws IOException {
        flood = false;
        try (SseConnection connection = new SseConnection(service)) {
            say(connection, "demo-alice", message);
            while (connection.streamLine() != null) {
                // to its end
            }
        }
    }

    /** Puts a lamp for each turn onto the shelf, and who takes them before it. */
    private void lightLamps(String key, char first) throws IOException {
        for (int i = 0; i < TURNS_AT_ONCE; i++) {
            HttpRequests.post(
                    service.resolve("/experiences/wylding-woods/updates"),
                    "demo-admin",
                    "{\"locations.woander_store.areas.display_shelf.spots.spot_1.items\":{\"$append\":"
                            + "{\"instance_id\":\"lamp_"
                            + lamp(first, i)
                            + "\",\"template_id\":\"dream_bottle\",\"collectible\":true,"
                            + "\"semantic_name\":\"lamp "
                            + lamp(first, i)
                            + "\"}}}");
        }
        HttpRequests.post(
                service.resolve("/experiences/wylding-woods/commands"),
                key,
                "{\"action\":\"go\",\"destination\":\"display_shelf\"}");
    }

    /** A name of two letters: numbers are read as something else. */
    private static String lamp(char first, int number) {
        return "" + (char) (first + number / 10) + (char) (first + number % 10);
    }

    private String together(String key, char firstLamp) throws Exception {
        lightLamps(key, firstLamp);
        flood = true;
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong updates = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Heard>> turns = new ArrayList<>();
            long begun = System.nanoTime();
            for (int i = 0; i < PUBLISHERS; i++) {
                threads.execute(() -> publish(over, updates));
            }
            for (int i = 0; i < TURNS_AT_ONCE; i++) {
                String lamp = lamp(firstLamp, i);
                turns.add(threads.submit(() -> listen(key, lamp)));
            }
            Latencies gaps = new Latencies();
            int identical = 0;
            int ahead = 0;
            for (Future<Heard> turn : turns) {
                Heard heard = turn.get();
                gaps.add(heard.longestGapNanos());
                identical += heard.identical() ? 1 : 0;
                ahead += heard.wordsFirst() ? 1 : 0;
            }
            over.set(true);
            double seconds = (System.nanoTime() - begun) / 1e9;
            return """
            %s

            %d turns at once, %d tokens of each, beside %.0f world updates a second: text \
            identical in %d, words ahead of their world_update in %d.
            """
                    .formatted(
                            gaps.row("longest gap between words, of each of 100 turns"),
                            TURNS_AT_ONCE,
                            TOKENS,
                            updates.get() / seconds,
                            identical,
                            ahead);
        }
    }

    private record Heard(long longestGapNanos, boolean identical, boolean wordsFirst) {}

    /** Listens to a turn whose command takes a lamp: its words wait for the lamp to be gone. */
    private Heard listen(String key, String lamp) throws IOException {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < TOKENS; i++) {
            expected.append("token").append(i).append(' ');
        }
        StringBuilder text = new StringBuilder();
        long last = 0;
        long gap = 0;
        boolean told = false;
        boolean wordsFirst = false;
        try (SseConnection connection = new SseConnection(service)) {
            say(connection, key, "take the lamp " + lamp);
            String line;
            while ((line = connection.streamLine()) != null) {
                if (line.contains("\"type\":\"world_update\"")) {
                    told |= line.contains("lamp_" + lamp);
                } else if (line.contains("\"type\":\"content\"")) {
                    long now = System.nanoTime();
                    gap = last == 0 ? 0 : Math.max(gap, now - last);
                    last = now;
                    wordsFirst |= !told;
                    Matcher content = TEXT.matcher(line);
                    text.append(content.find() ? content.group(1) : "");
                }
            }
        }
        return new Heard(gap, text.toString().contentEquals(expected), wordsFirst);
    }

    private void publish(AtomicBoolean over, AtomicLong updates) {
        long pause = 1_000_000_000L * PUBLISHERS / UPDATES_A_SECOND;
        long due = System.nanoTime();
        while (!over.get()) {
            try {
                HttpRequests.post(
                        service.resolve("/experiences/wylding-woods/updates"),
                        "demo-admin",
                        "{\"flood\":" + updates.incrementAndGet() + "}");
                due += pause;
                Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
            } catch (IOException | InterruptedException stopped) {
                System.err.println("an update failed: " + stopped);
            }
        }
    }
}
