package io.worldweave.filestore.content;

import io.worldweave.domain.content.Template;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.filestore.content.MarkdownPage.Entry;
import io.worldweave.filestore.content.MarkdownPage.Section;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads templates of items and characters. Not thread-safe: of one file's reading. */
final class TemplateFile {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,9})?");

    private final String file;
    private final Template.Kind kind;
    private final Problems problems;
    private JsonObject properties = JsonObject.EMPTY;
    private JsonObject sections = JsonObject.EMPTY;

    private TemplateFile(String file, Template.Kind kind, Problems problems) {
        this.file = file;
        this.kind = kind;
        this.problems = problems;
    }

    static Template read(String file, Template.Kind kind, String text, Problems problems) {
        TemplateFile reading = new TemplateFile(file, kind, problems);
        MarkdownPage page = MarkdownReader.read(text);
        reading.addProperties("", page.fields());
        page.sections().forEach(reading::add);
        reading.addDefaults(page);
        return new Template(ContentFiles.nameOf(file), kind, reading.properties, reading.sections);
    }

    private void add(Section section) {
        if (section.isCalled("properties")) {
            if (section.entries() == null) {
                problems.add(file, section.heading(), "is no list of '- **Name**: value'");
            } else {
                addProperties(section.heading() + ".", section.entries());
            }
        } else if (section.isCalled("description")) {
            addProperty("", "description", Json.of(section.text()));
        } else {
            addSection(section);
        }
    }

    private void addSection(Section section) {
        String key = MarkdownPage.snakeCase(section.heading());
        if (key.isEmpty() || sections.has(key)) {
            problems.add(file, section.heading(), "is a heading without a name, or there twice");
        }
        sections =
                sections.with(
                        key,
                        section.entries() == null
                                ? Json.of(section.text())
                                : texts(section, file, problems));
    }

    /** Returns the entries of a section as texts by snake_case name; none if it has none. */
    static JsonObject texts(Section section, String file, Problems problems) {
        JsonObject texts = JsonObject.EMPTY;
        List<Entry> entries = section.entries() == null ? List.of() : section.entries();
        for (Entry entry : entries) {
            String key = MarkdownPage.snakeCase(entry.name());
            if (texts.has(key)) {
                problems.add(file, section.heading() + "." + entry.name(), "is there twice");
            }
            texts = texts.with(key, Json.of(entry.value()));
        }
        return texts;
    }

    private void addProperties(String place, List<Entry> entries) {
        for (Entry entry : entries) {
            Json value = value(entry.value());
            if (Flags.of(kind).contains(MarkdownPage.snakeCase(entry.name()))
                    && !(value instanceof JsonBoolean)) {
                problems.add(
                        file,
                        place + entry.name(),
                        "'" + entry.value() + "' is neither yes nor no");
            }
            addProperty(place, entry.name(), value);
        }
    }

    private void addProperty(String place, String name, Json value) {
        String key = MarkdownPage.snakeCase(name);
        if (properties.has(key)) {
            problems.add(file, place + name, "is there twice");
        }
        if (key.equals(Json.INSTANCE_ID) || key.equals("template_id")) {
            problems.add(file, place + name, "is for instances, not for templates");
        }
        properties = properties.with(key, value);
    }

    private void addDefaults(MarkdownPage page) {
        switch (kind) {
            case ITEM -> {
                addDefault("collectible", JsonBoolean.FALSE);
                addDefault("visible", JsonBoolean.TRUE);
                addName("semantic_name", page);
            }
            case NPC -> addName("name", page);
        }
    }

    private void addName(String key, MarkdownPage page) {
        if (page.title() != null) {
            addDefault(key, Json.of(page.title()));
        } else if (!properties.has(key)) {
            problems.add(file, key, "is missing, and there is no title to take its place");
        }
    }

    private void addDefault(String key, Json value) {
        if (!properties.has(key)) {
            properties = properties.with(key, value);
        }
    }

    private static Json value(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true" -> JsonBoolean.TRUE;
            case "no", "false" -> JsonBoolean.FALSE;
            default ->
                    NUMBER.matcher(text).matches()
                            ? new JsonNumber(new BigDecimal(text))
                            : Json.of(text);
        };
    }
}
