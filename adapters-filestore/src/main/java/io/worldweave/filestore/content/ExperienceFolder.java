package io.worldweave.filestore.content;

import io.worldweave.domain.content.CommandSpec;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Schedule;
import io.worldweave.domain.content.Seeds;
import io.worldweave.domain.content.Template;
import io.worldweave.domain.content.WorldSchema;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.MalformedJsonException;
import io.worldweave.wire.ReadLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one experience. Not thread-safe: of one reading. */
final class ExperienceFolder {
    static final int TEMPLATES_LIMIT = 10_000;
    static final int COMMANDS_LIMIT = 1_000;
    static final int SCHEDULES_LIMIT = 1_000;

    /** A language model reads them in every turn. */
    static final int INSTRUCTIONS_LIMIT = 20_000;

    static final String CONFIG = "config.json";
    static final String SCHEMA = "schema.json";
    static final String INSTRUCTIONS = "narrator.md";
    static final String ITEMS = "templates/items";
    static final String NPCS = "templates/npcs";
    static final String SCHEDULES = "schedules";
    static final String GAME_LOGIC = "game-logic";
    static final String ADMIN_LOGIC = "admin-logic";

    private static final String MARKDOWN = ".md";

    /** Room for what a world remembers of its authors, and for what templates add. */
    private static final int WORLD_DEPTH_LIMIT = Pointer.DEPTH_LIMIT - 4;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

    private static final JsonReader JSON = JsonReader.withLimits(ReadLimits.FILE);

    private final ExperienceId id;
    private final ContentFiles files;
    private final Set<String> actions;
    private final Problems problems;

    private ExperienceFolder(ExperienceId id, ContentFiles files, Set<String> actions) {
        this.id = id;
        this.files = files;
        this.actions = actions;
        this.problems = new Problems(id.value());
    }

    /**
     * Returns the experience that the files make.
     *
     * @param actions the actions that commands may run
     * @throws InvalidExperienceException if they make none
     */
    static Experience read(ExperienceId id, ContentFiles files, Set<String> actions) {
        ExperienceFolder folder = new ExperienceFolder(id, files, actions);
        Experience experience = folder.read();
        folder.problems.throwIfAny(files);
        if (experience == null) {
            throw new IllegalStateException("no experience and no problem in " + id);
        }
        return experience;
    }

    private @Nullable Experience read() {
        Members config = object(CONFIG);
        if (config == null) {
            return null;
        }
        ConfigChecks checks = new ConfigChecks(config);
        checks.checkKinds(id.value());
        Map<String, Template> templates = templates();
        Map<String, CommandSpec> commands = commands();
        Members world = object(checks.worldPath());
        if (world == null) {
            return null;
        }
        Instances instances = new Instances(templates);
        if (world.object().isDeeperThan(WORLD_DEPTH_LIMIT)) {
            world.wrong("", "is more than " + WORLD_DEPTH_LIMIT + " levels deep");
        }
        WorldChecks.check(world, instances);
        checks.checkStart(world.object());
        Members bootstrap = config.object("bootstrap");
        if (bootstrap.object().has("player_starting_inventory")) {
            instances.addList(bootstrap, "player_starting_inventory", Template.Kind.ITEM);
        }
        Members quests = config.object("quests");
        Experience experience =
                new Experience(
                                id,
                                config.text("name"),
                                config.text("version"),
                                checks.stateModel(),
                                config.object(),
                                world.object().without("metadata"),
                                templates,
                                commands,
                                QuestReader.read(quests, instances))
                        .withSchema(schema())
                        .withInstructions(instructions());
        if (problems.all().isEmpty()) {
            // what a wrong file leads to elsewhere is not wrong there
            GoalChecks.check(experience, quests);
            checkAgainstSchema(experience);
        }
        return experience.withSchedules(schedules(new ScheduleReader(experience, instances)));
    }

    private WorldSchema schema() {
        Members json = files.has(SCHEMA) ? object(SCHEMA) : null;
        try {
            return json == null ? WorldSchema.ANY : SchemaFile.of(json.object());
        } catch (IllegalArgumentException wrong) {
            problems.add(SCHEMA, "", "is no JSON Schema: " + wrong.getMessage());
            return WorldSchema.ANY;
        }
    }

    /** The world that the authors wrote, completed as it begins, keeps their schema. */
    private void checkAgainstSchema(Experience experience) {
        for (WorldSchema.Breach breach : experience.schema().breaches(Seeds.world(experience))) {
            problems.add(
                    SCHEMA,
                    "",
                    "forbids what the world has at " + breach.place() + ": " + breach.reason());
        }
    }

    private String instructions() {
        String text = files.has(INSTRUCTIONS) ? files.text(INSTRUCTIONS, problems) : null;
        if (text != null && text.length() > INSTRUCTIONS_LIMIT) {
            problems.add(INSTRUCTIONS, "", "has more than " + INSTRUCTIONS_LIMIT + " characters");
        }
        return text == null ? "" : text.strip();
    }

    private Map<String, Schedule> schedules(ScheduleReader reader) {
        Map<String, Schedule> schedules = new HashMap<>();
        for (String file : atMost(SCHEDULES_LIMIT, SCHEDULES, ".json")) {
            Members members = object(file);
            Schedule schedule = members == null ? null : reader.read(members);
            if (schedule != null) {
                schedules.put(schedule.id(), schedule);
            }
        }
        return schedules;
    }

    private @Nullable Members object(String file) {
        byte[] bytes = files.bytes(file, problems);
        if (bytes == null) {
            return null;
        }
        try {
            return new Members(file, "", JSON.readObject(bytes), problems);
        } catch (MalformedJsonException malformed) {
            problems.add(file, "", malformed.reason(), malformed.line(), malformed.column());
        }
        return null;
    }

    private Map<String, Template> templates() {
        Map<String, Template> templates = new HashMap<>();
        addTemplates(templates, ITEMS, Template.Kind.ITEM);
        addTemplates(templates, NPCS, Template.Kind.NPC);
        return templates;
    }

    private void addTemplates(
            Map<String, Template> templates, String directory, Template.Kind kind) {
        for (String file : atMost(TEMPLATES_LIMIT, directory, MARKDOWN)) {
            if (!NAME.matcher(ContentFiles.nameOf(file)).matches()) {
                problems.add(file, "", "is named with other characters than A-Z a-z 0-9 _ -");
            }
            Template template = template(file, kind);
            if (templates.put(template.id(), template) != null) {
                problems.add(file, "", "has the name of a template of items");
            }
        }
    }

    /** Returns one without properties after saying that the file cannot be read. */
    private Template template(String file, Template.Kind kind) {
        String text = files.text(file, problems);
        return text == null
                ? new Template(ContentFiles.nameOf(file), kind, JsonObject.EMPTY, JsonObject.EMPTY)
                : TemplateFile.read(file, kind, text, problems);
    }

    private Map<String, CommandSpec> commands() {
        Map<String, CommandSpec> commands = new HashMap<>();
        Map<String, String> words = new HashMap<>();
        for (String directory : List.of(GAME_LOGIC, ADMIN_LOGIC)) {
            for (String file : atMost(COMMANDS_LIMIT, directory, MARKDOWN)) {
                String text = files.text(file, problems);
                CommandSpec command =
                        text == null ? null : CommandFile.read(file, text, actions, problems);
                if (command != null) {
                    commands.put(command.name(), command);
                    claim(words, file, command);
                }
            }
        }
        return commands;
    }

    /** Notes the words that call a command; no other may have them. */
    private void claim(Map<String, String> words, String file, CommandSpec command) {
        words.merge(command.name(), file, (first, _) -> twice(first, file, command.name()));
        for (String alias : command.aliases()) {
            words.merge(alias, file, (first, _) -> twice(first, file, alias));
        }
    }

    private String twice(String first, String file, String word) {
        problems.add(file, "aliases", "'" + word + "' is said for " + first + " too");
        return first;
    }

    private List<String> atMost(int limit, String directory, String ending) {
        List<String> all = files.filesIn(directory, ending);
        if (all.size() > limit) {
            problems.add(directory, "", "has more than " + limit + " files");
        }
        return all.subList(0, Math.min(limit, all.size()));
    }
}
