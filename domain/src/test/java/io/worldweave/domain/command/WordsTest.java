package io.worldweave.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Take the Peaceful, dream-bottle! | take peaceful dream bottle",
                "  woander’s   counter | woanders counter",
                "Woander´s counter | woanders counter",
                "Woanderʼs counter | woanders counter",
                "dream_bottle_1 | dream bottle 1",
                "ＴＡＫＥ ﬁsh | take fish",
                "please take a bottle | take bottle",
                "@spawn lens | @spawn lens",
                "take .* [a-z]+ (bottle)$ | take z bottle",
                "prends la fée | prends la fée",
                "fe\u0301e | fée"
            })
    void saysTheSameThingInTheSameWords(String said, String words) {
        assertThat(Words.of(said).echo()).isEqualTo(words);
    }

    @Test
    void articlesCountWhereNothingElseIsSaid() {
        assertThat(Words.of("the").list()).containsExactly("the");
    }

    @Test
    void emojiAndControlCharactersAreNoWords() {
        assertThat(Words.of("\u0000\u0007\u200b 🧚 \uD800").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "bottles,bottle",
        "fairies,fairy",
        "boxes,box",
        "houses,house",
        "glasses,glass",
        "glass,glass",
        "woanders,woander"
    })
    void theSingularAndThePluralAreCalledTheSame(String plural, String singular) {
        assertThat(Words.of(plural).stems()).isEqualTo(Words.of(singular).stems());
    }

    @Test
    void anEchoIsShortAndEndsBetweenCharacters() {
        String echo = Words.of("𝒳".repeat(10) + "𐐨".repeat(200)).echo();

        assertThat(echo.length()).isLessThanOrEqualTo(Words.ECHO_LIMIT);
        assertThat(echo).endsWith("…");
        assertThat(echo.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF)).isTrue();
    }
}
