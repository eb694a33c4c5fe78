package io.worldweave.narrator.kit;

/** One thing that a model says. */
public sealed interface Said {
    /** Text, sent in one piece. */
    record Words(String text) implements Said {}

    /** A tool call; {@code arguments} is what should be JSON, and may be anything. */
    record Call(String id, String name, String arguments) implements Said {}

    /** Nothing for a while. */
    record Pause(long millis) implements Said {}

    static Said words(String text) {
        return new Words(text);
    }

    static Said call(String name, String arguments) {
        return new Call("call_" + name, name, arguments);
    }

    static Said pause(long millis) {
        return new Pause(millis);
    }
}
