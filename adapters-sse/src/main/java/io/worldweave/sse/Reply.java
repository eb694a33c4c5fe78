package io.worldweave.sse;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.ProblemJson;

/** What a request comes to. */
sealed interface Reply {
    /** It is not done, and why: a problem document. */
    record Refused(ErrorCode code, JsonObject problem) implements Reply {
        Refused(ErrorCode code, String detail) {
            this(code, ProblemJson.of(code, detail));
        }

        static Refused stopping() {
            return new Refused(ErrorCode.SHUTTING_DOWN, "the service is stopping; come back soon");
        }
    }

    /**
     * The resource has other methods.
     *
     * @param allow they, as the header wants them
     */
    record NotAllowed(String allow) implements Reply {}

    /** It is done. */
    record Done(JsonObject document) implements Reply {}

    /** Everything was given before; an {@code EventSource} that hears this does not come back. */
    record NothingMore() implements Reply {}

    /** Events, as they come. */
    record Events(EventStream stream) implements Reply {}

    /** A turn in one document, once it is over. */
    record Whole(GatheredTurn turn) implements Reply {}
}
