package io.worldweave.domain.content;

import io.worldweave.domain.json.JsonObject;

/**
 * What all items, or all NPCs, of a kind have in common.
 *
 * @param properties what an instance takes over unless it says otherwise
 * @param sections further texts by snake_case heading: a string, or an object of strings; never
 *     part of a world's state
 */
public record Template(String id, Kind kind, JsonObject properties, JsonObject sections) {
    /** What a template is of. */
    public enum Kind {
        ITEM,
        NPC
    }
}
