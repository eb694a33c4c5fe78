package io.worldweave.filestore.content;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The YAML block that heads a Markdown file between two lines of {@code ---}, and the Markdown
 * after it.
 */
record FrontMatter(JsonObject values, String markdown) {
    private static final String FRONT_MATTER = "front matter";
    private static final String MARK = "---\n";
    private static final int CHARACTERS_LIMIT = 64 * 1024;

    /** Returns both parts of a file's text, or null after saying what is wrong with it. */
    static @Nullable FrontMatter read(String file, String text, Problems problems) {
        int end = (text + "\n").indexOf("\n" + MARK, MARK.length() - 1);
        if (!text.startsWith(MARK) || end < 0) {
            problems.add(
                    file, FRONT_MATTER, "front matter begins and ends with a line of '---'", 1, 0);
            return null;
        }
        String yaml = text.substring(MARK.length(), Math.max(MARK.length(), end + 1));
        String markdown = text.substring(Math.min(text.length(), end + 1 + MARK.length()));
        try {
            if (json(load(yaml)) instanceof JsonObject values) {
                return new FrontMatter(values, markdown);
            }
            problems.add(file, FRONT_MATTER, "front matter is a list of 'key: value'", 1, 0);
        } catch (MarkedYamlEngineException malformed) {
            problems.add(
                    file,
                    FRONT_MATTER,
                    String.valueOf(malformed.getProblem()),
                    line(malformed),
                    column(malformed));
        } catch (YamlEngineException | IllegalArgumentException malformed) {
            problems.add(file, FRONT_MATTER, String.valueOf(malformed.getMessage()), 1, 0);
        }
        return null;
    }

    private static @Nullable Object load(String yaml) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setAllowDuplicateKeys(false)
                        .setMaxAliasesForCollections(0)
                        .setCodePointLimit(CHARACTERS_LIMIT)
                        .build();
        return new Load(settings).loadFromString(yaml);
    }

    /** The mark counts from 0 and from the line after the first. */
    private static int line(MarkedYamlEngineException malformed) {
        return malformed.getProblemMark().map(mark -> mark.getLine() + 2).orElse(1);
    }

    private static int column(MarkedYamlEngineException malformed) {
        return malformed.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(0);
    }

    private static Json json(@Nullable Object value) {
        return switch (value) {
            case null -> JsonNull.NULL;
            case String text -> Json.of(text);
            case Boolean flag -> Json.of(flag.booleanValue());
            case Number number -> new JsonNumber(new BigDecimal(number.toString()));
            case List<?> list -> Json.array(list.stream().map(FrontMatter::json).toList());
            case Map<?, ?> map -> {
                JsonObject object = JsonObject.EMPTY;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    object = object.with(String.valueOf(entry.getKey()), json(entry.getValue()));
                }
                yield object;
            }
            default -> throw new IllegalArgumentException("a value of " + value.getClass());
        };
    }
}
