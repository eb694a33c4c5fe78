package io.worldweave.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in a plain sentence why a text is no JSON. The parser's own words are for those who
 * configure it; nothing but what was sent is taken from them.
 */
final class SyntaxReason {
    private static final int QUOTED_CHARS = 160;

    private static final Pattern WORD =
            Pattern.compile("\\A(?:Unrecognized|Non-standard) token '(.*?)': ", Pattern.DOTALL);
    private static final Pattern CHARACTER =
            Pattern.compile("\\AUnexpected character \\(.*?code (\\d{1,7})", Pattern.DOTALL);

    /** A sentence for the parser's messages that hold {@code mark}. */
    private record Sentence(String mark, String text) {}

    /** The first whose mark is met speaks; what follows the text is the character. */
    private static final List<Sentence> OF_CHARACTERS =
            List.of(
                    new Sentence("comment", "JSON has no comments, but here is "),
                    new Sentence("numeric value", "a number cannot go on with "),
                    new Sentence("hex-digit", "\\u is followed by four hex digits, not by "),
                    new Sentence("field name and value", "a colon was expected, not "),
                    new Sentence("start field name", "a name in double quotes was expected, not "),
                    new Sentence("comma", "a comma or the end was expected, not "),
                    new Sentence("root-level", "the value cannot go on with "),
                    new Sentence("", "a value was expected, not "));

    private static final List<Sentence> OTHERS =
            List.of(
                    new Sentence("Leading zeroes", "a number begins with a zero too many"),
                    new Sentence("numeric value", "a number is not written as JSON writes it"),
                    new Sentence("close marker", "a bracket closes what it did not open"),
                    new Sentence("character escape", "a backslash in a string escapes nothing"),
                    new Sentence(
                            "unquoted character", "a control character in a string is not escaped"),
                    new Sentence("Illegal character", "a control character is not in a string"),
                    new Sentence("", "the text is no JSON"));

    private SyntaxReason() {}

    static String of(JacksonException unreadable) {
        if (unreadable instanceof JsonEOFException) {
            return "the text ends before the value does";
        }
        String message = unreadable.getOriginalMessage();
        Matcher word = WORD.matcher(message);
        if (word.find()) {
            return "this is no value: " + quoted(word.group(1));
        }
        Matcher character = CHARACTER.matcher(message);
        return character.find()
                ? first(OF_CHARACTERS, message) + named(Integer.parseInt(character.group(1)))
                : first(OTHERS, message);
    }

    private static String first(List<Sentence> sentences, String message) {
        for (Sentence sentence : sentences) {
            if (message.contains(sentence.mark())) {
                return sentence.text();
            }
        }
        throw new IllegalStateException("no sentence is the last resort");
    }

    private static String named(int character) {
        return character > ' ' && character < 127
                ? String.valueOf((char) character)
                : "U+%04X".formatted(character);
    }

    /** Returns what was sent so that it can be quoted: not long, and without control characters. */
    static String quoted(String text) {
        String start = text.length() <= QUOTED_CHARS ? text : text.substring(0, QUOTED_CHARS) + "…";
        return start.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
