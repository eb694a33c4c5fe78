package io.worldweave.filestore.content;

import io.worldweave.domain.content.Template;
import java.util.Set;

/** The properties of things and characters that are true or false to the service. */
final class Flags {
    private static final Set<String> OF_ITEMS = Set.of("collectible", "usable", "visible");
    private static final Set<String> OF_NPCS = Set.of("visible");

    private Flags() {}

    static Set<String> of(Template.Kind kind) {
        return switch (kind) {
            case ITEM -> OF_ITEMS;
            case NPC -> OF_NPCS;
        };
    }
}
