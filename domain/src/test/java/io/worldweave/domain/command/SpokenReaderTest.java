package io.worldweave.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.content.CommandSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenReaderTest {
    private static final List<CommandSpec> COMMANDS =
            Glade.experience().commands().values().stream()
                    .sorted(Comparator.comparing(CommandSpec::name))
                    .toList();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "take the peaceful dream bottle | take {item=peaceful dream bottle}",
                "Could you please grab the bottle? | take {item=bottle}",
                "I'd like to pick up the lens | take {item=lens}",
                "pick the lens up | take {item=lens}",
                "I take the lens | take {item=lens}",
                "put the lens down | drop {item=lens}",
                "take | take {}",
                "take the | take {}",
                "look | look {}",
                "look around | look {}",
                "look around the shop | look {}",
                "look at the cat | examine {item=cat}",
                "x cat | examine {item=cat}",
                "go to the fairy door main | go {destination=fairy door main}",
                "walk counter | go {destination=counter}",
                "i | inventory {}",
                "Check my inventory, please. | inventory {}",
                "what can I do? | help {}",
                "? | help {}",
                "where am i | look {}",
                "talk to Louisa | talk {npc=louisa}",
                "talk Louisa | talk {npc=louisa}",
                "hello, Louisa! | talk {npc=louisa}",
                "say hello to Woander | talk {npc=woander}",
                "ask Louisa about the way to dream with eyes | talk {npc=louisa,"
                        + " topic=way to dream with eyes}",
                "talk about dreams with Louisa | talk {npc=louisa, topic=dreams}",
                "give the letter to santa to Louisa | give {item=letter to santa,"
                        + " recipient=louisa}",
                "give back the bottle | return {item=bottle}",
                "give the lens | give {item=lens}",
                "@spawn dream_bottle at window | @spawn {area=window, template=dream bottle}",
                "@create lens | @spawn {template=lens}"
            })
    void readsWhatIsMeant(String said, String meant) {
        assertThat(read(said)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "dance with me",
                "takes",
                "\u0000",
                "🧚",
                ".*",
                "please",
                "tell me"
            })
    void readsNothingIntoWhatIsNoCommand(String said) {
        assertThat(read(said)).isNull();
    }

    @Test
    void readsALongMessageInGoodTime() {
        assertThat(read("take " + "to ".repeat(1_330))).startsWith("take {item=to to");
        assertThat(read("i ".repeat(2_000))).isEqualTo("inventory {}");
    }

    private static @Nullable String read(String said) {
        Reading reading = SpokenReader.read(COMMANDS, said);
        if (reading == null) {
            return null;
        }
        Map<String, String> words =
                reading.arguments().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> entry.getValue().echo(),
                                        (a, b) -> a,
                                        TreeMap::new));
        return reading.command().name() + " " + words;
    }
}
