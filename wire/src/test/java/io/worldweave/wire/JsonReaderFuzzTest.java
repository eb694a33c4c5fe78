package io.worldweave.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Valid documents with something broken in them: a value comes of it, or the one exception. */
class JsonReaderFuzzTest {
    private static final int RUNS = Boolean.getBoolean("long") ? 2_000_000 : 40_000;

    /** Far more than the runs need, and far less than one that runs away would take. */
    private static final Duration LIMIT = Duration.ofMinutes(Boolean.getBoolean("long") ? 20 : 2);

    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"",
                    "\\",
                    "\\u",
                    "\\ud800",
                    "\\u0000",
                    "-",
                    "1e999",
                    "1e-999",
                    "e",
                    ".",
                    "0",
                    "null",
                    "//",
                    "/*",
                    "\n",
                    "\0",
                    "\uFEFF",
                    "\uFFFF",
                    "NaN",
                    "'",
                    "[[[[[[[[[[",
                    "{\"a\":",
                    "{\"a\":1,\"a\":2}");

    @Test
    void aBrokenDocumentIsAValueOrRefused() {
        int[] outcomes = new int[2];
        Assertions.assertTimeoutPreemptively(
                LIMIT, () -> Seeded.times(RUNS, random -> outcomes[read(random) ? 1 : 0]++));
        assertThat(outcomes[0] + outcomes[1]).isPositive();
        if (outcomes[0] + outcomes[1] > 1_000) {
            // Both ways are gone, so the fuzz neither breaks everything nor nothing.
            assertThat(outcomes[0]).isGreaterThan(100);
            assertThat(outcomes[1]).isGreaterThan(100);
        }
    }

    private static boolean read(SplittableRandom random) {
        byte[] text = JsonWriter.compact(new RandomJson(random).value(5));
        for (int i = random.nextInt(4); i >= 0; i--) {
            text = broken(text, random);
        }
        try {
            Json value = JsonReader.strict().read(text);
            assertThat(JsonReader.strict().read(JsonWriter.compact(value))).isEqualTo(value);
            return true;
        } catch (MalformedJsonException refusal) {
            assertThat(refusal.reason()).isNotBlank();
            return false;
        }
    }

    private static byte[] broken(byte[] text, SplittableRandom random) {
        int at = random.nextInt(text.length + 1);
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(text, at);
            case 1 -> Arrays.copyOfRange(text, at, text.length);
            case 2 -> joined(text, at, new byte[] {(byte) random.nextInt(256)}, at);
            case 3 -> joined(text, at, new byte[0], Math.min(text.length, at + 1));
            default -> {
                String piece = PIECES.get(random.nextInt(PIECES.size()));
                yield joined(text, at, piece.getBytes(UTF_8), at);
            }
        };
    }

    private static byte[] joined(byte[] text, int end, byte[] middle, int from) {
        byte[] all = Arrays.copyOf(text, end + middle.length + text.length - from);
        System.arraycopy(middle, 0, all, end, middle.length);
        System.arraycopy(text, from, all, end + middle.length, text.length - from);
        return all;
    }
}
