package io.worldweave.app.http;

import io.worldweave.domain.play.Past;
import io.worldweave.wire.ErrorCode;
import java.util.regex.Pattern;

/** Revisions as requests name them. */
final class Revisions {
    private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,17}");

    private Revisions() {}

    /**
     * Reads one.
     *
     * @param parameter of the query
     */
    static long parse(String parameter, String text) {
        if (!FORM.matcher(text).matches()) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    parameter + " is a revision: a number from 0, in digits.");
        }
        return Long.parseLong(text);
    }

    /** Returns the problem of a revision that is not known. */
    static ProblemException unknown(long revision, Past.Unknown unknown) {
        String kept = "revisions " + unknown.oldest() + " to " + unknown.present() + " are kept.";
        return revision > unknown.present()
                ? new ProblemException(
                        ErrorCode.NOT_FOUND, "There is no revision " + revision + " yet; " + kept)
                : new ProblemException(
                        ErrorCode.GONE, "Revision " + revision + " is not kept any more; " + kept);
    }
}
