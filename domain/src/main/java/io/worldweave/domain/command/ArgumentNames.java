package io.worldweave.domain.command;

import io.worldweave.domain.content.CommandSpec;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** By which names a structured request may give the argument of a parameter. */
final class ArgumentNames {
    static final String TARGET_USER = "target_user_id";

    private static final Set<String> OF_ITEMS = Set.of("instance_id", "item_id");
    private static final Set<String> OF_PERSONS = Set.of("npc_id", "target_npc_id", TARGET_USER);

    /** The names that are the same in every experience. */
    static final Set<String> USUAL =
            Arrays.stream(CommandSpec.Kind.values())
                    .flatMap(kind -> usual(kind).stream())
                    .collect(Collectors.toUnmodifiableSet());

    private ArgumentNames() {}

    /** Returns the names in the order in which they are looked for. */
    static List<String> of(CommandSpec.Parameter parameter) {
        Set<String> names = new LinkedHashSet<>(usual(parameter.kind()));
        names.add(parameter.name());
        return List.copyOf(names);
    }

    private static List<String> usual(CommandSpec.Kind kind) {
        return switch (kind) {
            case ITEM -> List.of("instance_id", "item_id");
            case THING -> List.of("instance_id", "item_id", "npc_id");
            case NPC -> List.of("npc_id", "target_npc_id", "instance_id");
            case PERSON -> List.of("target_npc_id", TARGET_USER, "npc_id");
            case DESTINATION -> List.of("destination");
            case TEMPLATE -> List.of("template_id");
            case TEXT -> List.of();
        };
    }

    /** Returns whether the argument of that name is an id, and so no words to match. */
    static boolean isId(String name) {
        return OF_ITEMS.contains(name) || OF_PERSONS.contains(name);
    }

    /** Returns whether the argument of that name is the id of an item. */
    static boolean isItem(String name) {
        return OF_ITEMS.contains(name);
    }
}
