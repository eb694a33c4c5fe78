package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConformanceTest {
    private static final Path PAGE = Path.of("../docs/conformance.md");

    @Test
    void everyRuleOfThePageHasOneTestAndEveryTestARule() throws IOException {
        List<Integer> written =
                Files.readAllLines(PAGE).stream()
                        .filter(line -> line.matches("\\| [0-9]+ \\|.*"))
                        .map(line -> Integer.valueOf(line.split("\\|", -1)[1].strip()))
                        .toList();
        List<Integer> shown =
                Arrays.stream(ConformanceIT.class.getDeclaredMethods())
                        .map(method -> method.getAnnotation(Rule.class))
                        .filter(Objects::nonNull)
                        .map(Rule::value)
                        .sorted()
                        .toList();

        assertThat(written).isNotEmpty().isSorted().doesNotHaveDuplicates();
        assertThat(shown).isEqualTo(written);
    }
}
