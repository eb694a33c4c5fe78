package io.worldweave.bench.load;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.EnumMap;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * How many tokens the service sends a model, whole requests with the JSON around them, as a
 * tokenizer that vendors use counts them (o200k_base).
 *
 * <p>Thread-safe.
 */
final class PromptCost {
    /** So many requests of a kind are counted: they hardly differ. */
    private static final int COUNTED = 50;

    /** What a model is asked for. */
    private enum Kind {
        COMMAND("tell what a command did (quick model)"),
        WISH("answer a message that is no command, tools offered (larger model)"),
        AFTER_A_CALL("go on after a tool call (larger model)");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final Encoding tokenizer =
            Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private final Map<Kind, LongSummaryStatistics> tokens = new EnumMap<>(Kind.class);

    /** Counts a request, head and body. */
    synchronized void count(String request) {
        LongSummaryStatistics counted =
                tokens.computeIfAbsent(kindOf(request), _ -> new LongSummaryStatistics());
        if (counted.getCount() < COUNTED) {
            String body = request.substring(request.indexOf("\r\n\r\n") + 4);
            counted.accept(tokenizer.countTokens(body));
        }
    }

    private static Kind kindOf(String request) {
        if (request.contains("you_now_see")) {
            return Kind.AFTER_A_CALL;
        }
        return request.contains("\"tools\"") ? Kind.WISH : Kind.COMMAND;
    }

    /** Prints a table. */
    synchronized void print() {
        System.out.printf("%n| the model is asked to | tokens in, mean | least | most |%n");
        System.out.println("| --- | ---: | ---: | ---: |");
        tokens.forEach((kind, counted) ->
                System.out.printf(
                        "| %s | %.0f | %d | %d |%n",
                        kind.words, counted.getAverage(), counted.getMin(), counted.getMax()));
    }
}
