package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** I12: what is no I-JSON within limits is refused, with a reason, by one kind of exception. */
class MalformedTextsTest {
    private static final Map<String, byte[]> TEXTS = MalformedTexts.all();

    @TestFactory
    Stream<DynamicTest> eachIsRefusedWithAReason() {
        return TEXTS.entrySet().stream()
                .map(text ->
                        DynamicTest.dynamicTest(
                                shortened(text.getKey()), () -> refused(text.getValue())));
    }

    private static void refused(byte[] text) {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> JsonReader.strict().read(text))
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isNotBlank().hasSizeLessThan(260);
                    assertThat(refusal.reason()).doesNotContainPattern("\\p{Cntrl}");
                    assertThat(refusal.reason()).doesNotContain("Source:", "Stream");
                    assertThat(refusal.code())
                            .isIn(ErrorCode.INVALID_JSON, ErrorCode.TOO_DEEP, ErrorCode.TOO_LARGE);
                });
    }

    @Test
    void thereAreManyOfThem() {
        assertThat(TEXTS).hasSizeGreaterThan(250);
    }

    private static String shortened(String name) {
        return name.length() < 60 ? name : name.substring(0, 60) + "…";
    }
}
