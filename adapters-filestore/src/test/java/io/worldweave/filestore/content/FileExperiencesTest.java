package io.worldweave.filestore.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.worldweave.domain.content.CommandSpec;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Experience.StateModel;
import io.worldweave.domain.content.Quest;
import io.worldweave.domain.content.Template;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileExperiencesTest {
    private static final Set<String> ALL_ACTIONS =
            Set.of(
                    "look",
                    "go",
                    "collect_item",
                    "drop_item",
                    "use_item",
                    "give_item",
                    "return_item",
                    "examine",
                    "inventory",
                    "talk",
                    "help",
                    "spawn",
                    "remove_item",
                    "teleport",
                    "where");

    @TempDir Path folder;
    private Garden garden;

    @BeforeEach
    void writeTheGarden() {
        garden = Garden.in(folder);
    }

    private FileExperiences read() {
        return new FileExperiences(folder, Garden.ACTIONS, reread -> {});
    }

    private Experience readGarden() {
        return Objects.requireNonNull(read().find(Garden.ID));
    }

    @Test
    void whatComesWithTheServiceIsRight() {
        FileExperiences bundled =
                new FileExperiences(Path.of("..", "experiences"), ALL_ACTIONS, invalid -> {});

        assertThat(bundled.all())
                .extracting(experience -> experience.id().value())
                .containsExactly("lantern-room", "wylding-woods");
        assertThat(bundled.all())
                .extracting(Experience::model)
                .containsExactly(StateModel.ISOLATED, StateModel.SHARED);
    }

    @Test
    void configAndWorldAreReadWithWhatTheServiceDoesNotKnow() {
        Experience experience = readGarden();

        assertThat(experience.name()).isEqualTo("Moon Garden");
        assertThat(experience.version()).isEqualTo("1.2.3");
        assertThat(experience.config().text("colour")).isEqualTo("silver");
        assertThat(experience.authoredWorld().text("time_of_day")).isEqualTo("night");
        assertThat(
                        Pointer.parse(
                                        "/locations/garden/areas/gate/spots/spot_1/items/key_1/template_id")
                                .in(experience.authoredWorld()))
                .isEqualTo(Json.of("silver_key"));
    }

    @Test
    void theServicesOwnMetadataIsNoPartOfTheAuthorsWorld() {
        assertThat(readGarden().authoredWorld().has("metadata")).isFalse();
    }

    @Test
    void aTemplateHasFieldsPropertiesAndDescriptionAsProperties() {
        Template key = Objects.requireNonNull(readGarden().templates().get("silver_key"));

        assertThat(key.kind()).isEqualTo(Template.Kind.ITEM);
        assertThat(key.properties())
                .isEqualTo(
                        JsonObject.of("type", Json.of("key"), "weight_in_grams", Json.of(12.5))
                                .with("collectible", Json.of(true))
                                .with("visible", Json.of(true))
                                .with("semantic_name", Json.of("Silver Key"))
                                .with(
                                        "description",
                                        Json.of("A small key that is *cold* even in summer.")));
    }

    @Test
    void aTemplatesOtherSectionsAreTextsOrObjectsOfTexts() {
        Template key = Objects.requireNonNull(readGarden().templates().get("silver_key"));

        assertThat(key.sections())
                .isEqualTo(
                        JsonObject.of(
                                "narrative",
                                JsonObject.of(
                                        "use",
                                        Json.of("Somewhere: a lock sighs."),
                                        "when_taken",
                                        Json.of("It hums.")),
                                "lore",
                                Json.of("First paragraph.\n\nSecond paragraph.")));
    }

    @Test
    void aCharacterIsNamedByItsTitleAndHasNoDefaultsOfItems() {
        Template gardener = Objects.requireNonNull(readGarden().templates().get("gardener"));

        assertThat(gardener.properties()).isEqualTo(JsonObject.of("name", Json.of("Old Gardener")));
        assertThat(gardener.sections().text("persona")).isEqualTo("You are the gardener.");
    }

    @Test
    void aCommandIsItsFrontMatterItsTextsAndTheRest() {
        Experience experience = readGarden();

        CommandSpec take = Objects.requireNonNull(experience.commands().get("take"));
        assertThat(take.aliases()).containsExactly("grab", "pick up");
        assertThat(take.parameters())
                .containsExactly(
                        new CommandSpec.Parameter(
                                "item",
                                CommandSpec.Kind.ITEM,
                                CommandSpec.Scope.AREA,
                                List.of(),
                                true));
        assertThat(take.texts())
                .containsEntry("success", "You take the {item}.")
                .containsEntry("not_here", "There is no {item} here.");
        assertThat(take.body()).isEqualTo("# Take\n\nMoves an item.\n\n## Notes\nFor authors.");
        assertThat(take.admin()).isFalse();
        assertThat(Objects.requireNonNull(experience.commands().get("@spawn")).admin()).isTrue();
        assertThat(experience.playerCommands()).containsExactly(take);
    }

    @Test
    void aQuestIsReadWithItsTexts() {
        Quest quest = Objects.requireNonNull(readGarden().quests().get("home"));

        assertThat(quest.giver()).isEqualTo("gardener_1");
        assertThat(quest.goal()).containsExactly("moon");
        assertThat(quest.trust()).isEqualTo(25);
        assertThat(quest.texts()).containsEntry("complete", "c").hasSize(5);
    }

    @Test
    void hiddenFoldersAndFilesAreNoContent() throws Exception {
        Files.createDirectories(folder.resolve(".git/objects"));
        garden.write("game-logic/.take.md.swp", "not a command")
                .write("game-logic/.hidden.md", "not a command")
                .write("templates/items/.git/x.md", "no template");

        assertThat(read().all()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    config.json | "id": "moon-garden" | "id": "sun-garden" | config.json: id: is 'sun-garden' and not the folder's name
                    config.json | "version": "1.2.3"  | "version": "1.2"   | config.json: version: '1.2' is not x.y.z
                    config.json | "model": "shared"   | "model": "private" | config.json: state.model: 'private' is neither shared nor isolated
                    config.json | "model": "shared",  |                    | config.json: state.model: is missing
                    config.json | "auto_save": true   | "auto_save": "yes" | config.json: state.persistence.auto_save: is neither true nor false
                    config.json | "name": "Moon Garden" | "name": 3        | config.json: name: is no text with something in it
                    config.json | "player_starting_location": "garden" | "player_starting_location": "sea" | config.json: bootstrap.player_starting_location: the world has no location 'sea'
                    config.json | "player_starting_area": "gate" | "player_starting_area": "pond" | config.json: bootstrap.player_starting_area: 'garden' has no area 'pond'
                    config.json | "map_1"             | "key_1"            | config.json: bootstrap.player_starting_inventory[0].instance_id: 'key_1' is there twice
                    config.json | "gardener_1"        | "key_1"            | config.json: quests.home.giver: no character of the world has the instance id 'key_1'
                    config.json | ["moon"]            | ["moon", "moon"]   | config.json: quests.home.goal: is no list of one or more distinct texts
                    config.json | ["moon"]            | ["moon", "sun"]    | config.json: quests.home.goal: no spot has 'sun' as its 'symbol'
                    config.json | ["moon"]            | ["sun"]            | config.json: quests.home.goal: no collectible item has 'sun' as its 'state.symbol'
                    config.json | "state.symbol"      | "state.sign"       | config.json: quests.home.goal: no spot has 'moon' as its 'sign'
                    config.json | "trust": 25         | "trust": -1        | config.json: quests.home.trust: is no number from 0 to
                    config.json | "repeated": "r",    |                    | config.json: quests.home.texts.repeated: is missing
                    config.json | {"id": "moon-garden",  | {"id": "moon-garden", "id": "moon-garden", | config.json:
                    config.json | "bootstrap": {      | "bootstrap": {"world_template_path": "../x.json", | config.json: bootstrap.world_template_path: '../x.json' leads out of the experience
                    state/world.json | "template_id": "silver_key" | "template_id": "gold_key" | state/world.json: locations.garden.areas.gate.spots.spot_1.items[0].template_id: there is no templates/items/gold_key.md
                    state/world.json | "template_id": "gardener"   | "template_id": "silver_key" | state/world.json: locations.garden.areas.gate.spots.spot_1.npcs[0].template_id: there is no templates/npcs/silver_key.md
                    state/world.json | "gardener_1"   | "key_1"            | state/world.json: locations.garden.areas.gate.spots.spot_1.npcs[0].instance_id: 'key_1' is there twice
                    state/world.json | "instance_id": "key_1", |           | state/world.json: locations.garden.areas.gate.spots.spot_1.items[0].instance_id: is missing
                    state/world.json | "id": "gate"   | "id": "wall"       | state/world.json: locations.garden.areas.gate.id: is 'wall' and not 'gate'
                    state/world.json | "symbol": "moon",   |                    | config.json: quests.home.goal: no spot has 'moon' as its 'symbol'
                    state/world.json | {"lat": -33.9, "lng": 151.2} | [-33.9, 151.2] | state/world.json: locations.garden.gps: is no object
                    state/world.json | "lat": -33.9,  |                    | state/world.json: locations.garden.gps.lat: is no number from -90 to 90
                    state/world.json | -33.9          | "-33.9"            | state/world.json: locations.garden.gps.lat: is no number from -90 to 90
                    state/world.json | -33.9          | -90.1              | state/world.json: locations.garden.gps.lat: is no number from -90 to 90
                    state/world.json | 151.2          | 180.5              | state/world.json: locations.garden.gps.lng: is no number from -180 to 180
                    templates/items/silver_key.md | - **Collectible**: yes | - **Collectible**: no | config.json: quests.home.goal: no collectible item has 'moon' as its 'state.symbol'
                    templates/items/silver_key.md | - **Collectible**: yes | - **Collectible**: maybe | templates/items/silver_key.md: Properties.Collectible: 'maybe' is neither yes nor no
                    templates/items/silver_key.md | > **Type**: key        | > **Visible**: 1         | templates/items/silver_key.md: Visible: '1' is neither yes nor no
                    templates/items/silver_key.md | - **Collectible**: yes | - **Usable**:            | templates/items/silver_key.md: Properties.Usable: '' is neither yes nor no
                    templates/npcs/gardener.md | ## Persona | > **Visible**: at night | templates/npcs/gardener.md: Visible: 'at night' is neither yes nor no
                    state/world.json | "instance_id": "key_1", | "instance_id": "key_1", "collectible": "yes", | state/world.json: locations.garden.areas.gate.spots.spot_1.items[0].collectible: is neither true nor false
                    templates/items/silver_key.md | - **Collectible**: yes | Collectible. | templates/items/silver_key.md: Properties: is no list of
                    templates/items/silver_key.md | - **Collectible**: yes | - **Type**: lock | templates/items/silver_key.md: Properties.Type: is there twice
                    templates/npcs/gardener.md | # Old Gardener | Old Gardener     | templates/npcs/gardener.md: name: is missing
                    game-logic/take.md | action: collect_item | action: fly        | game-logic/take.md: action: 'fly' is none of collect_item, look, spawn
                    game-logic/take.md | command: take | command: grab             | game-logic/take.md: command: is 'grab' and not the file's name
                    game-logic/take.md | kind: item   | kind: bottle               | game-logic/take.md: parameters[0].kind: 'bottle' is none of item, npc,
                    game-logic/take.md | , required: true |                        | game-logic/take.md: parameters[0].required: is missing
                    game-logic/take.md | [grab, pick up] | [grab, take]            | game-logic/take.md: aliases: 'take' is said for game-logic/take.md too
                    game-logic/take.md | [grab, pick up] | [grab, 7]               | game-logic/take.md: aliases: holds 7, which is no text
                    game-logic/take.md | description: Take something. | description: @take | game-logic/take.md: front matter:
                    game-logic/take.md | examples:    | aliases:                   | game-logic/take.md: front matter: found duplicate key aliases (line 6
                    admin-logic/@spawn.md | ---       | --                         | admin-logic/@spawn.md: front matter: front matter begins and ends
                    """)
    void whatIsWrongIsSaidWithFileKeyAndReason(
            String file, String part, String replacement, String message) {
        garden.edit(file, part, replacement == null ? "" : replacement);

        assertThatExceptionOfType(InvalidExperienceException.class)
                .isThrownBy(this::read)
                .withMessageContaining("moon-garden/" + message);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        garden.edit("config.json", "1.2.3", "one")
                .edit("game-logic/take.md", "action: collect_item", "action: fly")
                .write("templates/items/silver_key.md", "\0".repeat(ContentFiles.BYTES_LIMIT + 1));

        assertThatExceptionOfType(InvalidExperienceException.class)
                .isThrownBy(this::read)
                .satisfies(invalid ->
                        assertThat(invalid.problems())
                                .extracting(Problem::file)
                                .contains(
                                        "moon-garden/config.json",
                                        "moon-garden/game-logic/take.md",
                                        "moon-garden/templates/items/silver_key.md"));
    }

    @Test
    void aMissingConfigOrWorldIsSaid() {
        garden.delete("state/world.json");
        assertThatExceptionOfType(InvalidExperienceException.class)
                .isThrownBy(this::read)
                .withMessage("moon-garden/state/world.json: is missing");

        garden.delete("config.json");
        assertThatExceptionOfType(InvalidExperienceException.class)
                .isThrownBy(this::read)
                .withMessage("moon-garden/config.json: is missing");
    }

    @Test
    void whatIsNotUtf8IsSaid() throws Exception {
        Files.write(
                folder.resolve("moon-garden/game-logic/take.md"), new byte[] {'-', (byte) 0xC3});

        assertThatExceptionOfType(InvalidExperienceException.class)
                .isThrownBy(this::read)
                .withMessage("moon-garden/game-logic/take.md: is not UTF-8");
    }
}
