package io.worldweave.domain.command;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Template;
import io.worldweave.domain.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a character says by script.
 *
 * @param lines by snake_case key, such as {@code greeting} or {@code about_dreams}
 */
record Dialogue(JsonObject lines) {
    private static final String ABOUT = "about_";
    private static final Set<String> PARTINGS = Set.of("goodbye", "bye", "farewell");

    static Dialogue of(Experience experience, Thing npc) {
        Template template = experience.templates().get(npc.templateId());
        return new Dialogue(
                template == null ? JsonObject.EMPTY : template.sections().object("dialogue"));
    }

    /** Returns the first of these lines that there is, or null. */
    @Nullable String first(String... keys) {
        for (String key : keys) {
            String line = lines.text(key);
            if (line != null) {
                return line;
            }
        }
        return null;
    }

    /**
     * Returns what is said about a topic, or null if there is nothing to say about it. Of several
     * that the words name, it is the one that is named last: {@code dream bottles} are bottles.
     */
    @Nullable String about(Words topic) {
        if (!topic.isEmpty() && PARTINGS.containsAll(topic.list())) {
            return first("farewell");
        }
        List<String> said = topic.stems();
        String best = null;
        int bestEnd = -1;
        for (String key : lines.names()) {
            List<String> subject =
                    key.startsWith(ABOUT)
                            ? Words.of(key.substring(ABOUT.length())).stems()
                            : List.of();
            int end = subject.isEmpty() ? -1 : said.lastIndexOf(subject.getLast());
            if (end > bestEnd && said.containsAll(subject)) {
                best = key;
                bestEnd = end;
            }
        }
        return best == null ? null : first(best);
    }

    /** Returns a line as its speaker says it. */
    static String spoken(Thing npc, String line) {
        return npc.label() + " says: \u201c" + line.strip() + "\u201d";
    }
}
