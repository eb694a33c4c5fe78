package io.worldweave.tools;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells how far long work has come: on a terminal in one line that is written over, elsewhere in a
 * line now and then; nothing of work that is done at once. Not thread-safe.
 */
final class Progress {
    private static final Duration ON_A_TERMINAL = Duration.ofMillis(500);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final boolean terminal = isOnATerminal();
    private long toldNanos = System.nanoTime();
    private boolean line;

    Progress(PrintWriter out) {
        this.out = out;
    }

    /** Returns whether somebody sits there. */
    static boolean isOnATerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** Tells that {@code done} of {@code all} worlds are done, if it is time to. */
    void tell(String doing, int done, int all) {
        tell(doing + ": " + done + " of " + all + " worlds");
    }

    /** Tells that so many worlds are done, if it is time to. */
    void tell(String doing, int done) {
        tell(doing + ": " + done + " worlds");
    }

    private void tell(String text) {
        Duration pause = terminal ? ON_A_TERMINAL : ELSEWHERE;
        if (System.nanoTime() - toldNanos < pause.toNanos()) {
            return;
        }
        toldNanos = System.nanoTime();
        if (terminal) {
            out.print("\r" + text);
            line = true;
        } else {
            out.println(text);
        }
        out.flush();
    }

    /** Leaves the line for what comes next. */
    void end() {
        if (line) {
            out.print("\r\u001b[K");
            out.flush();
            line = false;
        }
    }
}
