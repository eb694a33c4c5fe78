package io.worldweave.filestore.content;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** An experience cannot be used as it is written; the message says all that is wrong in it. */
public final class InvalidExperienceException extends RuntimeException {
    /** No message lists more problems than this; further ones are counted. */
    static final int LISTED_LIMIT = 50;

    @Serial private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidExperienceException(List<Problem> problems) {
        super(describe(problems));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    private static String describe(List<Problem> problems) {
        String listed =
                problems.stream()
                        .limit(LISTED_LIMIT)
                        .map(Problem::toString)
                        .collect(Collectors.joining("\n"));
        int more = problems.size() - LISTED_LIMIT;
        return more > 0 ? listed + "\nand " + more + " more" : listed;
    }
}
