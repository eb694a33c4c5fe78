package io.worldweave.domain.turn;

/**
 * Says in a turn what its narrators write, one after another.
 *
 * <p>Not thread-safe: one narrator writes at a time.
 */
final class Voice {
    private final Turn turn;
    private final int limit;
    private int written;
    private boolean anew;
    private char last;
    private String half = "";

    Voice(Turn turn) {
        this.turn = turn;
        this.limit = turn.limits().text();
    }

    /** Returns whether nothing was said yet. */
    boolean isSilent() {
        return written == 0;
    }

    /** Says that what comes now was not written in one go with what came before. */
    void beginAnew() {
        anew = !isSilent();
        half = "";
    }

    /** Says the next characters; false if the turn takes no more. */
    boolean says(String chunk) {
        String text = wholeCharacters(apart(chunk));
        if (text.isEmpty()) {
            return !turn.isOver();
        }
        if (written + text.length() > limit) {
            return false;
        }
        written += text.length();
        last = text.charAt(text.length() - 1);
        return turn.says(text);
    }

    /** Returns whether {@code chunk} would be more than a turn may hold. */
    boolean isTooMuch(String chunk) {
        return written + chunk.length() > limit;
    }

    /** A text that goes on after a command was run is a paragraph of its own. */
    private String apart(String chunk) {
        boolean glued =
                anew
                        && !chunk.isEmpty()
                        && !Character.isWhitespace(last)
                        && !Character.isWhitespace(chunk.charAt(0));
        anew = anew && chunk.isEmpty();
        return glued ? "\n\n" + chunk : chunk;
    }

    /** Keeps back half of a character until the other half comes: neither can be encoded alone. */
    private String wholeCharacters(String chunk) {
        String text = half + chunk;
        boolean cut = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        half = cut ? text.substring(text.length() - 1) : "";
        return cut ? text.substring(0, text.length() - 1) : text;
    }
}
