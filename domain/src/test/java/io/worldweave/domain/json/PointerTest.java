package io.worldweave.domain.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "//", "/a", "/a/", "/a~1b/~0/~01", "/a\n~0", "/ /\0/é", "/-/01"})
    void itIsWrittenAsItWasRead(String text) {
        assertThat(Pointer.parse(text)).hasToString(text);
    }

    @Test
    void escapesAreReadOnce() {
        assertThat(Pointer.parse("/~01/~10/~0~1").tokens()).isEqualTo(List.of("~1", "/0", "~/"));
        assertThat(Pointer.parse("/").tokens()).isEqualTo(List.of(""));
        assertThat(Pointer.parse("/a//").tokens()).isEqualTo(List.of("a", "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "#/a", "~0", "/~", "/a~", "/a/~2", "/~~0", "/a\n~x", "/~/"})
    void whatIsNoPointerIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Pointer.parse(text));
    }

    @Test
    void itHasNoMoreTokensThanADocumentIsDeep() {
        assertThat(Pointer.parse("/a".repeat(64)).depth()).isEqualTo(64);
        assertThatIllegalArgumentException().isThrownBy(() -> Pointer.parse("/a".repeat(65)));
        assertThatIllegalArgumentException().isThrownBy(() -> Pointer.parse("/".repeat(1 << 20)));
    }

    @Test
    void itCoversItselfAndWhatIsInside() {
        Pointer pointer = Pointer.of("a", "b");
        assertThat(pointer.covers(pointer)).isTrue();
        assertThat(pointer.covers(Pointer.of("a", "b", "c"))).isTrue();
        assertThat(Pointer.ROOT.covers(pointer)).isTrue();
        assertThat(pointer.covers(Pointer.of("a"))).isFalse();
        assertThat(pointer.covers(Pointer.of("a", "c", "b"))).isFalse();
    }

    @Test
    void anIndexIsWrittenInOneWayOnly() {
        assertThat(Pointer.index("0")).isZero();
        assertThat(Pointer.index("999999999")).isEqualTo(999_999_999);
        for (String token :
                List.of("", "-", "-1", "+1", "01", "00", "1 ", "1e1", "٣", "1000000000")) {
            assertThat(Pointer.index(token)).as(token).isEqualTo(-1);
        }
    }
}
