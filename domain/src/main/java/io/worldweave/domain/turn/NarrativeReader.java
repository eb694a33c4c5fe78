package io.worldweave.domain.turn;

import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a narrator writes, one chunk after another, and says it in its turn.
 *
 * <p>Thread-safe as {@link Flow} asks for: the narrator calls it by one thread at a time.
 */
final class NarrativeReader implements Flow.Subscriber<String> {
    private final Turn turn;
    private final int textLimit;
    private volatile Flow.@Nullable Subscription subscription;
    private int written;
    private String half = "";

    /**
     * Reads for one turn.
     *
     * @param textLimit after so many characters the turn ends
     */
    NarrativeReader(Turn turn, int textLimit) {
        this.turn = turn;
        this.textLimit = textLimit;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (subscription == null && turn.listens(given)) {
            subscription = given;
            given.request(1);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(String chunk) {
        String text = wholeCharacters(Objects.requireNonNull(chunk, "a chunk"));
        written += text.length();
        Flow.Subscription more = subscription;
        if (written > textLimit) {
            turn.fail(
                    "narrative_too_long",
                    "the narrator wrote more than " + textLimit + " characters");
        } else if (turn.says(text) && more != null) {
            more.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        turn.fail("narrator_failed", "the narrator could not go on");
    }

    @Override
    public void onComplete() {
        turn.complete();
    }

    /** Keeps back half of a character until the other half comes: neither can be encoded alone. */
    private String wholeCharacters(String chunk) {
        String text = half + chunk;
        boolean cut = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        half = cut ? text.substring(text.length() - 1) : "";
        return cut ? text.substring(0, text.length() - 1) : text;
    }
}
