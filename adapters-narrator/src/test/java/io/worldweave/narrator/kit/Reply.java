package io.worldweave.narrator.kit;

import java.util.ArrayList;
import java.util.List;

/**
 * What the server does with one request.
 *
 * @param status of HTTP
 * @param headers more of them, each with its line end
 * @param events what is said, one after another; a number of milliseconds in a line of its own that
 *     begins with a {@code #} is a pause
 * @param cutAt after so many bytes of the answer, head and framing included, the connection is
 *     closed; negative: never
 * @param hangs whether nothing more happens after the last event, and the connection stays open
 */
public record Reply(int status, String headers, List<String> events, int cutAt, boolean hangs) {
    private static final String PAUSE = "#";

    /** Says all of it, and ends well. */
    public static Reply of(WireFormat format, Said... said) {
        return ending(format, null, said);
    }

    /** Says all of it, and gives that reason for the end, or the one that fits. */
    public static Reply ending(WireFormat format, String reason, Said... said) {
        List<String> events = new ArrayList<>(format.begin());
        int block = 0;
        int calls = 0;
        int words = 0;
        for (Said each : said) {
            switch (each) {
                case Said.Words(String text) -> {
                    events.addAll(format.words(block++, text));
                    words++;
                }
                case Said.Call call -> events.addAll(format.call(block++, calls++, call));
                case Said.Pause(long millis) -> events.add(PAUSE + millis);
            }
        }
        String fitting = calls > 0 ? "tools" : "stop";
        events.addAll(format.end(block, reason == null ? fitting : reason, 100, words + calls));
        return new Reply(200, "", events, -1, false);
    }

    public static Reply status(int status) {
        return new Reply(status, "", List.of("{\"error\":{\"message\":\"no\"}}"), -1, false);
    }

    public static Reply silence() {
        return new Reply(200, "", List.of(), -1, true);
    }

    /** Returns this one, cut after so many bytes. */
    public Reply cutAt(int bytes) {
        return new Reply(status, headers, events, bytes, hangs);
    }

    /** Returns this one without its last events, which never come. */
    public Reply hangingAfter(int count) {
        return new Reply(status, headers, events.subList(0, count), cutAt, true);
    }

    /** Returns this one with another event in the place of one. */
    public Reply with(int index, String event) {
        List<String> changed = new ArrayList<>(events);
        changed.set(index, event);
        return new Reply(status, headers, changed, cutAt, hangs);
    }

    public Reply withHeader(String line) {
        return new Reply(status, headers + line + "\r\n", events, cutAt, hangs);
    }

    static boolean isPause(String event) {
        return event.startsWith(PAUSE);
    }

    static long millis(String pause) {
        return Long.parseLong(pause.substring(PAUSE.length()));
    }
}
