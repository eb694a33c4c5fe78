package io.worldweave.domain.command;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a command does. Commands are content; actions are built in, and commands name them. */
@FunctionalInterface
interface Action {
    Map<String, Action> BY_NAME =
            Map.ofEntries(
                    Map.entry("look", Telling::look),
                    Map.entry("examine", Telling::examine),
                    Map.entry("inventory", Telling::inventory),
                    Map.entry("help", Telling::help),
                    Map.entry("go", Moving::go),
                    Map.entry("collect_item", Carrying::take),
                    Map.entry("drop_item", Carrying::drop),
                    Map.entry("use_item", Carrying::use),
                    Map.entry("give_item", Giving::give),
                    Map.entry("return_item", Returning::bringHome),
                    Map.entry("talk", Talking::talk),
                    Map.entry("teleport", Moving::teleport),
                    Map.entry("spawn", Tending::spawn),
                    Map.entry("remove_item", Tending::remove),
                    Map.entry("where", Tending::where));

    /** The actions that admins alone may run, whatever command names them. */
    Set<String> FOR_ADMINS = Set.of("teleport", "spawn", "remove_item", "where");

    /** Decides the call in its scene; throws nothing whatever was said. */
    Decision run(Call call);

    static @Nullable Action named(String name) {
        return BY_NAME.get(name);
    }
}
