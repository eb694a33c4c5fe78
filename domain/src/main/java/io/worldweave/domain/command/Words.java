package io.worldweave.domain.command;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What somebody said or what something is called, as words that can be compared: lower-case, of
 * letters, digits and {@code @} only, without articles and polite words unless nothing else is
 * said.
 */
record Words(List<String> list) {
    static final Words NONE = new Words(List.of());

    /** So many characters of a player's words are repeated in an answer. */
    static final int ECHO_LIMIT = 80;

    private static final String APOSTROPHES = "'`‘’ʼ";
    private static final List<String> HISSING = List.of("sses", "xes", "zes", "ches", "shes");
    private static final Set<String> FILLERS =
            Set.of("the", "a", "an", "some", "my", "please", "kindly", "just");

    Words {
        list = List.copyOf(list);
    }

    static Words of(String text) {
        List<String> all = split(plain(text));
        List<String> telling = new ArrayList<>(all.size());
        for (String word : all) {
            if (!FILLERS.contains(word)) {
                telling.add(word);
            }
        }
        return new Words(telling.isEmpty() ? all : telling);
    }

    /** What is plain ASCII is normal as it stands, and most names are. */
    private static String plain(String text) {
        boolean ascii = text.chars().allMatch(character -> character < 0x80);
        String normal = ascii ? text : Normalizer.normalize(closed(text), Normalizer.Form.NFKC);
        return normal.toLowerCase(Locale.ROOT);
    }

    /** The acute accent that stands for an apostrophe would become a space of its own. */
    private static String closed(String text) {
        return text.replace('´', '\'');
    }

    private static List<String> split(String plain) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        plain.codePoints()
                .filter(character -> APOSTROPHES.indexOf(character) < 0)
                .forEach(character -> {
                    if (isPartOfAWord(character)) {
                        word.appendCodePoint(character);
                    } else if (!word.isEmpty()) {
                        words.add(word.toString());
                        word.setLength(0);
                    }
                });
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    private static boolean isPartOfAWord(int character) {
        return character == '@'
                || Character.isLetterOrDigit(character)
                || switch (Character.getType(character)) {
                    case Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER ->
                            true;
                    default -> false;
                };
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    int size() {
        return list.size();
    }

    boolean startsWith(Words prefix) {
        return list.size() >= prefix.size() && list.subList(0, prefix.size()).equals(prefix.list);
    }

    Words from(int index) {
        return new Words(list.subList(index, list.size()));
    }

    Words until(int index) {
        return new Words(list.subList(0, index));
    }

    /** Returns the words in the singular, as far as an {@code s} at the end tells. */
    List<String> stems() {
        return list.stream().map(Words::stem).toList();
    }

    Set<String> stemSet() {
        return new HashSet<>(stems());
    }

    private static String stem(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.length() > 4 && HISSING.stream().anyMatch(word::endsWith)) {
            return word.substring(0, word.length() - 2);
        }
        if (word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")) {
            return word.substring(0, word.length() - 1);
        }
        return word;
    }

    /** Returns the words as text of at most {@link #ECHO_LIMIT} characters. */
    String echo() {
        String text = String.join(" ", list);
        if (text.length() <= ECHO_LIMIT) {
            return text;
        }
        int end =
                Character.isHighSurrogate(text.charAt(ECHO_LIMIT - 2))
                        ? ECHO_LIMIT - 2
                        : ECHO_LIMIT - 1;
        return text.substring(0, end) + "…";
    }
}
