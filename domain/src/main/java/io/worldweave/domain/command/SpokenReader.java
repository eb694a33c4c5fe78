package io.worldweave.domain.command;

import io.worldweave.domain.content.CommandSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a player says: the longest name or alias of a command that it begins with, and then
 * the command's arguments.
 */
final class SpokenReader {
    /** How one may begin to ask for something. */
    private static final List<Words> OPENINGS =
            Stream.of(
                            "could you",
                            "can you",
                            "would you",
                            "will you",
                            "can i",
                            "could i",
                            "may i",
                            "i want to",
                            "i would like to",
                            "id like to",
                            "i wish to",
                            "i will",
                            "ill",
                            "i try to",
                            "let me",
                            "let us",
                            "lets",
                            "try to",
                            "okay",
                            "ok",
                            "now",
                            "then",
                            "and",
                            "so",
                            "i")
                    .map(Words::of)
                    .toList();

    /** Words that may stand after what they belong to the verb of: {@code pick the bottle up}. */
    private static final Set<String> PARTICLES = Set.of("up", "down", "back", "away", "over");

    /** A name or an alias of a command that the words begin with, and the words that follow. */
    private record Call(CommandSpec command, int length, Words rest) {
        boolean leavesNothingUnheard() {
            return rest.isEmpty() || !command.parameters().isEmpty();
        }
    }

    private SpokenReader() {}

    /** Returns the command that {@code message} means, or null if it means none. */
    static @Nullable Reading read(List<CommandSpec> commands, String message) {
        Call sign = bySign(commands, message.strip());
        Words words = Words.of(message);
        if (sign == null && !words.isEmpty()) {
            sign = byWords(commands, words);
        }
        if (sign == null) {
            return null;
        }
        Map<String, Argument> arguments =
                Arguments.spoken(sign.command().parameters(), sign.rest());
        return new Reading(sign.command(), arguments);
    }

    /** An alias such as {@code ?} has no words and is the whole message. */
    private static @Nullable Call bySign(List<CommandSpec> commands, String message) {
        for (CommandSpec command : commands) {
            if (command.aliases().contains(message)) {
                return new Call(command, 1, Words.NONE);
            }
        }
        return null;
    }

    private static @Nullable Call byWords(List<CommandSpec> commands, Words words) {
        Words at = words;
        while (true) {
            List<Call> calls = calls(commands, at);
            for (Call call : calls) {
                if (call.rest().isEmpty()) {
                    return call;
                }
            }
            Words shorter = withoutOpening(at);
            if (shorter.size() == at.size()) {
                return calls.stream()
                        .filter(Call::leavesNothingUnheard)
                        .findFirst()
                        .orElse(calls.isEmpty() ? null : calls.getFirst());
            }
            at = shorter;
        }
    }

    private static Words withoutOpening(Words words) {
        for (Words opening : OPENINGS) {
            if (words.size() > opening.size() && words.startsWith(opening)) {
                return words.from(opening.size());
            }
        }
        return words;
    }

    /** Returns what the words may begin with, the longest first. */
    private static List<Call> calls(List<CommandSpec> commands, Words words) {
        List<Call> calls = new ArrayList<>();
        for (CommandSpec command : commands) {
            Stream.concat(Stream.of(command.name()), command.aliases().stream())
                    .map(Words::of)
                    .filter(phrase -> !phrase.isEmpty())
                    .forEach(phrase -> {
                        Words rest = rest(phrase, words);
                        if (rest != null) {
                            calls.add(new Call(command, phrase.size(), rest));
                        }
                    });
        }
        calls.sort(Comparator.comparingInt(Call::length).reversed());
        return calls;
    }

    private static @Nullable Words rest(Words phrase, Words words) {
        if (words.startsWith(phrase)) {
            return words.from(phrase.size());
        }
        int last = phrase.size() - 1;
        boolean parted =
                last > 0
                        && words.size() > phrase.size()
                        && PARTICLES.contains(phrase.list().get(last))
                        && words.list().getLast().equals(phrase.list().get(last))
                        && words.startsWith(phrase.until(last));
        return parted ? words.until(words.size() - 1).from(last) : null;
    }
}
