package io.worldweave.tools;

import io.worldweave.domain.command.Commands;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Seeds;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PersistentMap;
import io.worldweave.domain.store.History;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.user.UserToken;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import io.worldweave.filestore.content.FileExperiences;
import io.worldweave.filestore.content.InvalidExperienceException;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.MalformedJsonException;
import io.worldweave.wire.ReadLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A played tree of another service: {@code experiences/<id>/state/world.json} as it is now, and
 * beside {@code experiences} the players, {@code players/<user>/<id>/view.json} and {@code
 * players/<user>/profile.json}. What templates give is filled in, as when an item enters a world; a
 * player lacks nothing that a new one has. Histories begin with what is there, at the highest
 * {@code metadata._version} of the world and its players.
 */
final class TreeSource implements Source {
    private static final JsonReader JSON = JsonReader.withLimits(ReadLimits.FILE);
    private static final String METADATA = "metadata";
    private static final String PLAYER = "player";
    static final String EXPERIENCES = "experiences";

    private final Path root;
    private final FileExperiences experiences;
    private final String epoch;

    /**
     * Reads the experiences.
     *
     * @param epoch of all the worlds, which is theirs alone
     */
    TreeSource(Path root, String epoch) {
        this.root = root;
        this.epoch = epoch;
        try {
            this.experiences =
                    new FileExperiences(root.resolve(EXPERIENCES), Commands.actions(), _ -> {});
        } catch (InvalidExperienceException invalid) {
            throw new RefusedException(ExitStatus.WRONG, String.valueOf(invalid.getMessage()));
        }
    }

    @Override
    public void give(Predicate<WorldId> wanted, Taker taker) throws IOException {
        Map<UserId, Path> folders = folders();
        for (Experience experience : experiences.all()) {
            Map<UserId, JsonObject> views = new TreeMap<>(TreeSource::compare);
            for (Map.Entry<UserId, Path> player : folders.entrySet()) {
                Path file = player.getValue().resolve(experience.id().value()).resolve("view.json");
                if (Files.exists(file)) {
                    views.put(player.getKey(), read(file));
                }
            }
            give(experience, views, wanted, taker);
        }
        for (Map.Entry<UserId, Path> player : folders.entrySet()) {
            WorldId world = new WorldId.Profile(player.getKey());
            Path file = player.getValue().resolve("profile.json");
            if (Files.exists(file) && wanted.test(world)) {
                take(world, state(profile(player.getKey(), read(file)), Map.of()), taker);
            }
        }
    }

    private void give(
            Experience experience,
            Map<UserId, JsonObject> views,
            Predicate<WorldId> wanted,
            Taker taker)
            throws IOException {
        switch (experience.model()) {
            case SHARED -> {
                WorldId world = new WorldId.Shared(experience.id());
                if (wanted.test(world)) {
                    Map<UserId, Document> parts = new TreeMap<>(TreeSource::compare);
                    views.forEach((user, view) -> parts.put(user, part(experience, view)));
                    take(world, state(shared(experience), parts), taker);
                }
            }
            case ISOLATED -> {
                for (Map.Entry<UserId, JsonObject> view : views.entrySet()) {
                    WorldId world = new WorldId.Isolated(experience.id(), view.getKey());
                    if (wanted.test(world)) {
                        take(world, copy(experience, view.getKey(), view.getValue()), taker);
                    }
                }
            }
        }
    }

    /** A view that holds a world of its own holds the player's copy; else it is as authored. */
    private WorldState copy(Experience experience, UserId user, JsonObject view)
            throws IOException {
        JsonObject own = view.without(PLAYER).without(METADATA);
        Document shared =
                own.has("locations")
                        ? new Document(Seeds.world(experience.withWorld(own)), version(view))
                        : shared(experience);
        return state(shared, Map.of(user, part(experience, view)));
    }

    /**
     * Of the authored world the service leaves the metadata out; here it says where the world is.
     */
    private Document shared(Experience experience) throws IOException {
        Path file = root.resolve(EXPERIENCES).resolve(experience.id().value());
        return new Document(
                Seeds.world(experience), version(read(file.resolve("state/world.json"))));
    }

    private static Document part(Experience experience, JsonObject view) {
        JsonObject played = view.object(PLAYER);
        List<Json> inventory =
                played.items("inventory").stream()
                        .<Json>map(item -> Seeds.item(experience, item))
                        .toList();
        JsonObject content = Seeds.player(experience).overlaidBy(played);
        return new Document(
                inventory.isEmpty() ? content : content.with("inventory", Json.array(inventory)),
                version(view));
    }

    private static Document profile(UserId user, JsonObject profile) {
        return new Document(
                profile.without(METADATA).with("user_id", Json.of(user.value())), version(profile));
    }

    private WorldState state(Document shared, Map<UserId, Document> parts) {
        long revision = shared.revision();
        PersistentMap<Document> players = PersistentMap.empty();
        for (Map.Entry<UserId, Document> part : parts.entrySet()) {
            revision = Math.max(revision, part.getValue().revision());
            players = players.with(part.getKey().value(), part.getValue());
        }
        return new WorldState(new Position(epoch, revision), shared, players);
    }

    private static void take(WorldId world, WorldState state, Taker taker) throws IOException {
        taker.take(world, new History(state, List.of()));
    }

    private static long version(JsonObject document) {
        return document.object(METADATA).get("_version") instanceof JsonNumber number
                ? Math.max(0, number.value().longValue())
                : 0;
    }

    /** Folders of players are called by tokens or, where older tools made them, by the bare id. */
    private Map<UserId, Path> folders() throws IOException {
        Map<UserId, Path> folders = new TreeMap<>(TreeSource::compare);
        Path players = root.resolve("players");
        if (!Files.isDirectory(players)) {
            return folders;
        }
        try (Stream<Path> entries = Files.list(players)) {
            for (Path folder : entries.filter(Files::isDirectory).sorted().toList()) {
                folders.put(user(String.valueOf(folder.getFileName())), folder);
            }
        }
        return folders;
    }

    private static UserId user(String name) {
        try {
            return UserToken.decode(name);
        } catch (IllegalArgumentException bare) {
            return new UserId(name);
        }
    }

    private static int compare(UserId a, UserId b) {
        return a.value().compareTo(b.value());
    }

    private static JsonObject read(Path file) throws IOException {
        try {
            return JSON.readObject(Files.readAllBytes(file));
        } catch (MalformedJsonException malformed) {
            throw new RefusedException(ExitStatus.WRONG, file + ": " + malformed.getMessage());
        }
    }

    @Override
    public void close() {}
}
