package io.worldweave.app;

import io.worldweave.domain.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who watches the demonstration world and acts in it, over one of the transports: what a
 * rule of the protocol says must hold whichever it is.
 *
 * <p>Not thread-safe.
 */
abstract sealed class Watcher implements AutoCloseable {
    private static final String EXPERIENCE = "wylding-woods";

    /** How a client is connected. */
    enum Transport {
        SSE,
        WEBSOCKET
    }

    final RunningServer server;
    final String key;
    String cursor = "";

    private Watcher(RunningServer server, String key) {
        this.server = server;
        this.key = key;
    }

    /**
     * Begins to watch.
     *
     * @param more further query parameters, each with {@code &} before it
     */
    static Watcher open(
            Transport transport, RunningServer server, String key, String view, String more) {
        return switch (transport) {
            case SSE -> new Events(server, key, view, more);
            case WEBSOCKET -> new Socket(server, key, view, more);
        };
    }

    /** Returns the next message about the world. */
    abstract JsonObject nextOfWorld();

    /** Does something and returns the {@code action_response}. */
    abstract JsonObject act(String json) throws Exception;

    /** Says where the player's device is, which brings the player to the zone that is there. */
    abstract void locate(double latitude, double longitude);

    /** Begins a turn and returns the events that it is told of. */
    abstract Telling say(String words, @Nullable String conversation);

    /** Takes up a turn where {@code cursor} says. */
    abstract Telling goOn(String conversation, String cursor);

    /** Returns the code with which a stop, or a message in a conversation, is refused. */
    abstract String refusalOf(String kind, String conversation) throws Exception;

    @Override
    public abstract void close();

    /** What a turn says, one event after another. */
    interface Telling extends AutoCloseable {
        JsonObject next();

        String cursor();

        @Override
        void close();

        default List<JsonObject> rest() {
            return upTo(event -> event.text("type", "").equals("done"));
        }

        default List<JsonObject> upTo(Predicate<JsonObject> wanted) {
            List<JsonObject> events = new ArrayList<>();
            do {
                events.add(next());
            } while (!wanted.test(events.getLast()));
            return events;
        }
    }

    /** Over HTTP. */
    private static final class Events extends Watcher {
        private final EventReader stream;

        Events(RunningServer server, String key, String view, String more) {
            super(server, key);
            stream =
                    EventReader.get(
                            server,
                            "/experiences/"
                                    + EXPERIENCE
                                    + "/events?view="
                                    + view
                                    + more.replace("&cursor=", "&lastEventId="),
                            key);
        }

        @Override
        JsonObject nextOfWorld() {
            EventReader.Event event = stream.next();
            cursor = stream.lastId();
            return event.data();
        }

        @Override
        JsonObject act(String json) throws Exception {
            return Answers.json(
                    Client.of(server, key).post("/experiences/" + EXPERIENCE + "/commands", json));
        }

        /** Coordinates are told on a session: another one of the same player. */
        @Override
        void locate(double latitude, double longitude) {
            try (Socket device = new Socket(server, key, "zone", "")) {
                device.nextOfWorld();
                device.locate(latitude, longitude);
                device.nextOfWorld();
            }
        }

        @Override
        Telling say(String words, @Nullable String conversation) {
            return telling(
                    EventReader.post(server, "/chat/unified", key, body(words, conversation)));
        }

        private static String body(String words, @Nullable String conversation) {
            return "{\"stream\":true,\"message\":\""
                    + words
                    + "\""
                    + (conversation == null ? "" : ",\"conversation_id\":\"" + conversation + "\"")
                    + "}";
        }

        @Override
        Telling goOn(String conversation, String from) {
            return telling(
                    EventReader.get(
                            server,
                            "/chat/" + conversation + "/events",
                            key,
                            "Last-Event-ID",
                            from));
        }

        private static Telling telling(EventReader turn) {
            return new Telling() {
                @Override
                public JsonObject next() {
                    return turn.next().data();
                }

                @Override
                public String cursor() {
                    return turn.lastId();
                }

                @Override
                public void close() {
                    turn.close();
                }
            };
        }

        @Override
        String refusalOf(String kind, String conversation) throws Exception {
            Client client = Client.of(server, key);
            var answer =
                    kind.equals("stop")
                            ? client.post("/chat/" + conversation + "/stop", "")
                            : client.post("/chat/unified", body("look", conversation));
            return Answers.json(answer).text("code", "");
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    /** Over WebSocket: everything on one connection. */
    private static final class Socket extends Watcher {
        private final SessionReader session;
        private final Deque<JsonObject> waiting = new ArrayDeque<>();

        Socket(RunningServer server, String key, String view, String more) {
            super(server, key);
            session =
                    SessionReader.open(
                            server,
                            "/ws/experience?experience=" + EXPERIENCE + "&view=" + view + more,
                            key);
            session.next("connected");
        }

        /**
         * Returns the next message that is wanted, and keeps those before it for who wants them.
         */
        private JsonObject take(Predicate<JsonObject> wanted) {
            for (JsonObject message : List.copyOf(waiting)) {
                if (wanted.test(message)) {
                    waiting.remove(message);
                    return message;
                }
            }
            while (true) {
                JsonObject message = session.next();
                if (message == null) {
                    throw new AssertionError("closed with " + session.closeReason());
                }
                if (wanted.test(message)) {
                    return message;
                }
                waiting.add(message);
            }
        }

        private static boolean isOfWorld(JsonObject message) {
            return List.of("snapshot", "area_of_interest", "world_update")
                    .contains(message.text("type", ""));
        }

        @Override
        JsonObject nextOfWorld() {
            JsonObject message = take(Socket::isOfWorld);
            cursor = message.text("cursor", "");
            return message;
        }

        @Override
        JsonObject act(String json) {
            session.send(json);
            return take(message -> message.text("type", "").equals("action_response"));
        }

        @Override
        void locate(double latitude, double longitude) {
            session.send(
                    "{\"type\":\"update_location\",\"lat\":%s,\"lng\":%s}"
                            .formatted(latitude, longitude));
        }

        @Override
        Telling say(String words, @Nullable String conversation) {
            session.send(
                    "{\"type\":\"chat\",\"text\":\""
                            + words
                            + "\""
                            + (conversation == null
                                    ? ""
                                    : ",\"conversation_id\":\"" + conversation + "\"")
                            + "}");
            return new Turn(this, false);
        }

        @Override
        Telling goOn(String conversation, String from) {
            Socket again = new Socket(server, key, "world", "&cursor=" + from);
            return new Turn(again, true);
        }

        @Override
        String refusalOf(String kind, String conversation) {
            session.send(
                    "{\"type\":\""
                            + kind
                            + "\",\"text\":\"look\",\"conversation_id\":\""
                            + conversation
                            + "\"}");
            return take(message -> message.text("type", "").equals("error")).text("reason", "");
        }

        @Override
        public void close() {
            session.close();
        }

        /** A turn on a socket, with what happens in the world meanwhile. */
        private static final class Turn implements Telling {
            private final Socket socket;
            private final boolean ownSocket;
            private String last = "";

            Turn(Socket socket, boolean ownSocket) {
                this.socket = socket;
                this.ownSocket = ownSocket;
            }

            @Override
            public JsonObject next() {
                JsonObject message =
                        socket.take(each -> each.has("conversation_id") || isUpdate(each));
                last = message.text("cursor", last);
                return message;
            }

            private static boolean isUpdate(JsonObject message) {
                return message.text("type", "").equals("world_update");
            }

            @Override
            public String cursor() {
                return last;
            }

            @Override
            public void close() {
                if (ownSocket) {
                    socket.close();
                } else {
                    socket.session.abort();
                }
            }
        }
    }
}
