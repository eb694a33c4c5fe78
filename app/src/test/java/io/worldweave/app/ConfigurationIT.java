package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting that cannot be meant stops the start, and says what could be. */
class ConfigurationIT {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    WORLDWEAVE_STORE | floppy | worldweave.store is "floppy", and known are: database, file.
                    WORLDWEAVE_STREAM_STALL | soon | worldweave.stream.stall is "soon", and must be a duration from
                    WORLDWEAVE_SESSION_PING | PT45S | The settings of worldweave.session cannot be used: ping is PT45S, and must be shorter than idle, which is PT45S
                    """)
    void theStartSaysWhatIsWrong(String variable, String value, String sentence) {
        try (RunningServer server = RunningServer.startAndFail(Map.of(variable, value))) {
            assertThat(server.console()).contains(sentence).doesNotContain("\tat ");
        }
    }
}
