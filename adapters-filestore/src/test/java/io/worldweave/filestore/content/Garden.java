package io.worldweave.filestore.content;

import io.worldweave.domain.world.ExperienceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;

/** A small experience on disk that is right, for tests to make it wrong. */
final class Garden {
    static final ExperienceId ID = new ExperienceId("moon-garden");
    static final Set<String> ACTIONS = Set.of("collect_item", "look", "spawn");

    static final String CONFIG =
            """
            {"id": "moon-garden", "name": "Moon Garden", "version": "1.2.3", "colour": "silver",
             "state": {"model": "shared", "persistence": {"auto_save": true}},
             "bootstrap": {"player_starting_location": "garden", "player_starting_area": "gate",
               "player_starting_inventory": [{"instance_id": "map_1", "template_id": "silver_key"}]},
             "quests": {"home": {"name": "Home", "description": "Bring it home.", "giver": "gardener_1",
               "item_property": "state.symbol", "goal": ["moon"], "trust": 25,
               "texts": {"begin": "b", "progress": "p", "repeated": "r", "mismatch": "m",
                         "complete": "c"}}}}
            """;
    static final String WORLD =
            """
            {"metadata": {"_version": 7}, "time_of_day": "night",
             "locations": {"garden": {"id": "garden", "gps": {"lat": -33.9, "lng": 151.2},
              "areas": {"gate": {"id": "gate", "spots": {
               "spot_1": {"id": "spot_1", "symbol": "moon",
                 "items": [{"instance_id": "key_1", "template_id": "silver_key",
                            "state": {"symbol": "moon"}}],
                 "npcs": [{"instance_id": "gardener_1", "template_id": "gardener"}]}}}}}}}
            """;
    private static final String KEY =
            """
            # Silver Key
            > **Type**: key
            > **Weight in grams**: 12.5

            ## Description
            A small key
            that is *cold* even in summer.

            ## Properties
            - **Collectible**: yes

            ## Narrative
            - **Use**: Somewhere: a lock sighs.
            - **When taken**: It hums.

            ## Lore
            First paragraph.

            Second paragraph.
            """;
    private static final String GARDENER =
            """
            # Old Gardener

            ## Persona
            You are the gardener.
            """;
    private static final String TAKE =
            """
            ---
            command: take
            action: collect_item
            aliases: [grab, pick up]
            description: Take something.
            examples: [take the key]
            parameters:
              - {name: item, kind: item, from: area, required: true}
            ---
            # Take

            Moves an item.

            ## Texts
            - **Success**: You take the {item}.
            - **Not here**: There is no {item} here.

            ## Notes
            For authors.
            """;
    private static final String SPAWN =
            """
            ---
            command: "@spawn"
            action: spawn
            description: Make an item.
            parameters:
              - {name: template, kind: text, required: true}
              - {name: area, kind: destination, from: world, after: [at], required: false}
            ---
            # Spawn
            """;

    private final Path folder;

    private Garden(Path folder) {
        this.folder = folder;
    }

    /** Writes the experience into a folder of experiences. */
    static Garden in(Path experiences) {
        return new Garden(experiences.resolve(ID.value()))
                .write("config.json", CONFIG)
                .write("state/world.json", WORLD)
                .write("templates/items/silver_key.md", KEY)
                .write("templates/npcs/gardener.md", GARDENER)
                .write("game-logic/take.md", TAKE)
                .write("admin-logic/@spawn.md", SPAWN);
    }

    Garden write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Replaces a part of a file, which must have it. */
    Garden edit(String file, String part, String replacement) {
        String text = read(file);
        if (!text.contains(part)) {
            throw new IllegalArgumentException(file + " lacks " + part);
        }
        return write(file, text.replace(part, replacement));
    }

    /** Says that a file was changed later than it was, as a slow author would. */
    Garden touch(String file) {
        try {
            Path path = folder.resolve(file);
            FileTime modified = Files.getLastModifiedTime(path);
            Files.setLastModifiedTime(path, FileTime.fromMillis(modified.toMillis() + 5_000));
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Garden delete(String file) {
        try {
            Files.delete(folder.resolve(file));
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Puts a pipe in place of a file, to which nobody ever writes. */
    Garden pipe(String file) {
        try {
            Path path = folder.resolve(file);
            Files.deleteIfExists(path);
            new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException hurry) {
            throw new IllegalStateException(hurry);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
