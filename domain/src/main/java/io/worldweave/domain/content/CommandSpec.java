package io.worldweave.domain.content;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command as its authors describe it.
 *
 * @param name what players type; begins with {@code @} if it is for admins only
 * @param action the built-in action that it runs
 * @param parameters in the order in which they are spoken
 * @param texts what is said, by outcome code
 * @param body the rest of the file, for authors and language models
 */
public record CommandSpec(
        String name,
        String action,
        List<String> aliases,
        String description,
        List<String> examples,
        List<Parameter> parameters,
        Map<String, String> texts,
        String body) {

    public CommandSpec {
        aliases = List.copyOf(aliases);
        examples = List.copyOf(examples);
        parameters = List.copyOf(parameters);
        texts = Map.copyOf(texts);
    }

    public boolean admin() {
        return name.startsWith("@");
    }

    /** What a parameter names. */
    public enum Kind {
        ITEM,
        NPC,
        /** An NPC or another player. */
        PERSON,
        /** An item or an NPC. */
        THING,
        DESTINATION,
        TEMPLATE,
        TEXT
    }

    /** Where what a parameter names is looked for. */
    public enum Scope {
        AREA,
        INVENTORY,
        /** The area and the inventory. */
        VISIBLE,
        WORLD
    }

    /**
     * One argument of a command.
     *
     * @param scope null where the kind needs none
     * @param after words of which one introduces the argument, such as {@code to}; may be none
     */
    public record Parameter(
            String name, Kind kind, @Nullable Scope scope, List<String> after, boolean required) {
        public Parameter {
            after = List.copyOf(after);
        }
    }
}
