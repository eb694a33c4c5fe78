package io.worldweave.bench.load;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long after a player's message the change is on the player's own socket, how long
 * until another player's stream shows it, and that no narrative came before it.
 *
 * <p>Arguments: the service's URL, how many turns (1,000), how many of them are read to their end
 * (20). The service is otherwise idle; turns follow one another.
 */
public final class TurnLatency {
    private static final Pattern VERSION = Pattern.compile("\"snapshot_version\":(\\d+)");
    private static final Pattern CONVERSATION = Pattern.compile("\"conversation_id\":\"([^\"]+)\"");
    private static final int WARM_UP = 200;

    private final URI service;
    private final Map<Long, Long> seenByOther = new ConcurrentHashMap<>();
    private final Map<Long, Long> sentAt = new ConcurrentHashMap<>();
    private final Latencies own = new Latencies();
    private final Latencies firstWords = new Latencies();
    private int wordsFirst;

    private TurnLatency(URI service) {
        this.service = service;
    }

    public static void main(String[] arguments) throws Exception {
        URI service = URI.create(arguments.length > 0 ? arguments[0] : "http://localhost:9080");
        int turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        int whole = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        new TurnLatency(service).run(turns, whole);
    }

    private void run(int turns, int whole) throws Exception {
        try (SseConnection other = new SseConnection(service)) {
            other.send("GET", "/experiences/wylding-woods/events", "demo-bob", "");
            Thread watcher = Thread.ofPlatform().daemon().start(() -> watch(other));
            for (int i = 0; i < WARM_UP; i++) {
                turn(i, false, false);
            }
            for (int i = 0; i < turns; i++) {
                turn(i, true, i < whole);
                if (i % 100 == 99) {
                    System.err.println((i + 1) + " of " + turns + " turns");
                }
            }
            watcher.join(1_000);
        }
        Latencies others = new Latencies();
        sentAt.forEach((version, sent) -> {
            Long seen = seenByOther.get(version);
            if (seen != null) {
                others.add(seen - sent);
            }
        });
        System.out.println(Latencies.heading());
        System.out.println(own.row("message sent → own world_update read"));
        System.out.println(others.row("message sent → world_update read by another player"));
        System.out.println(firstWords.row("message sent → first words read"));
        System.out.println("\nTurns in which words came before the world_update: " + wordsFirst);
    }

    private void turn(int number, boolean counted, boolean whole) throws IOException {
        String message =
                number % 2 == 0
                        ? "take the peaceful dream bottle"
                        : "drop the peaceful dream bottle";
        try (SseConnection connection = new SseConnection(service)) {
            long sent = System.nanoTime();
            int status =
                    connection.send(
                            "POST",
                            "/chat/unified",
                            "demo-alice",
                            "{\"message\":\"" + message + "\",\"stream\":true}");
            if (status != 200) {
                throw new IOException("the service answered " + status);
            }
            String conversation = read(connection, sent, counted, whole);
            if (!whole && conversation != null) {
                stop(conversation);
            }
        }
    }

    private @Nullable String read(
            SseConnection connection, long sent, boolean counted, boolean whole)
            throws IOException {
        String conversation = null;
        boolean changed = false;
        boolean spoke = false;
        String line;
        while ((line = connection.streamLine()) != null) {
            long now = System.nanoTime();
            if (line.contains("\"type\":\"metadata\"")) {
                conversation = group(CONVERSATION, line);
            } else if (line.contains("\"type\":\"world_update\"") && !changed) {
                changed = true;
                String version = group(VERSION, line);
                if (counted) {
                    own.add(now - sent);
                    sentAt.put(version == null ? -1 : Long.parseLong(version), sent);
                }
                if (!whole) {
                    return conversation;
                }
            } else if (line.contains("\"type\":\"content\"")) {
                wordsFirst += changed ? 0 : 1;
                if (!spoke && counted) {
                    firstWords.add(now - sent);
                }
                spoke = true;
            }
        }
        return conversation;
    }

    private void stop(String conversation) throws IOException {
        HttpRequests.post(service.resolve("/chat/" + conversation + "/stop"), "demo-alice", "");
    }

    private void watch(SseConnection other) {
        try {
            String line;
            while ((line = other.streamLine()) != null) {
                long now = System.nanoTime();
                String version =
                        line.contains("\"type\":\"world_update\"") ? group(VERSION, line) : null;
                if (version != null) {
                    seenByOther.put(Long.parseLong(version), now);
                }
            }
        } catch (IOException ended) {
            // the run is over
        }
    }

    private static @Nullable String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
