package io.worldweave.domain.command;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What somebody said or what something is called, as words that can be compared: lower-case, of
 * letters, digits and {@code @} only, without articles and polite words unless nothing else is
 * said.
 */
record Words(List<String> list) {
    static final Words NONE = new Words(List.of());

    /** So many characters of a player's words are repeated in an answer. */
    static final int ECHO_LIMIT = 80;

    private static final Pattern APOSTROPHES = Pattern.compile("['`´‘’ʼ]");
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}@]+");
    private static final List<String> HISSING = List.of("sses", "xes", "zes", "ches", "shes");
    private static final Set<String> FILLERS =
            Set.of("the", "a", "an", "some", "my", "please", "kindly", "just");

    Words {
        list = List.copyOf(list);
    }

    static Words of(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String spaced =
                SEPARATORS.matcher(APOSTROPHES.matcher(plain).replaceAll("")).replaceAll(" ");
        List<String> all = new ArrayList<>();
        List<String> telling = new ArrayList<>();
        for (String word : spaced.strip().split(" ", -1)) {
            if (!word.isEmpty()) {
                all.add(word);
                if (!FILLERS.contains(word)) {
                    telling.add(word);
                }
            }
        }
        return new Words(telling.isEmpty() ? all : telling);
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
