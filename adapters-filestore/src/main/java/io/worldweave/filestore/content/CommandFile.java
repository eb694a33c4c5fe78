package io.worldweave.filestore.content;

import io.worldweave.domain.content.CommandSpec;
import io.worldweave.domain.content.CommandSpec.Kind;
import io.worldweave.domain.content.CommandSpec.Parameter;
import io.worldweave.domain.content.CommandSpec.Scope;
import io.worldweave.filestore.content.MarkdownPage.Section;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads commands: front matter for the rules, Markdown for the texts. */
final class CommandFile {
    private CommandFile() {}

    /**
     * Returns the command, or null after saying what is wrong with the file.
     *
     * @param actions the actions that there are
     */
    static @Nullable CommandSpec read(
            String file, String text, Set<String> actions, Problems problems) {
        FrontMatter front = FrontMatter.read(file, text, problems);
        if (front == null) {
            return null;
        }
        Members members = new Members(file, "", front.values(), problems);
        MarkdownPage page = MarkdownReader.read(front.markdown());
        Section texts = page.section("texts");
        return new CommandSpec(
                name(file, members),
                action(members, actions),
                members.texts("aliases"),
                members.text("description"),
                members.texts("examples"),
                parameters(members),
                texts == null ? Map.of() : texts(texts, members),
                body(front.markdown(), texts));
    }

    private static String name(String file, Members members) {
        String name = members.text("command");
        if (!name.isEmpty() && !name.equals(ContentFiles.nameOf(file))) {
            members.wrong("command", "is '" + name + "' and not the file's name");
        }
        if (name.startsWith("@") != file.startsWith(ExperienceFolder.ADMIN_LOGIC)) {
            members.wrong("command", "begins with @ if it is for admins, and only then");
        }
        return name;
    }

    private static String action(Members members, Set<String> actions) {
        String action = members.text("action");
        if (!action.isEmpty() && !actions.contains(action)) {
            String known = actions.stream().sorted().collect(Collectors.joining(", "));
            members.wrong("action", "'" + action + "' is none of " + known);
        }
        return action;
    }

    private static List<Parameter> parameters(Members members) {
        List<Parameter> parameters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Members parameter : members.objects("parameters")) {
            String name = parameter.text("name");
            if (!names.add(name)) {
                parameter.wrong("name", "'" + name + "' is there twice");
            }
            Kind kind = constant(parameter, "kind", Kind.class, parameter.text("kind"));
            String from = parameter.optionalText("from");
            parameters.add(
                    new Parameter(
                            name,
                            kind == null ? Kind.TEXT : kind,
                            from == null ? null : constant(parameter, "from", Scope.class, from),
                            parameter.texts("after"),
                            parameter.flag("required")));
        }
        return parameters;
    }

    private static <E extends Enum<E>> @Nullable E constant(
            Members members, String key, Class<E> type, String word) {
        List<String> known = new ArrayList<>();
        for (E constant : EnumSet.allOf(type)) {
            String name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(word)) {
                return constant;
            }
            known.add(name);
        }
        if (!word.isEmpty()) {
            members.wrong(key, "'" + word + "' is none of " + String.join(", ", known));
        }
        return null;
    }

    private static Map<String, String> texts(Section section, Members members) {
        if (section.entries() == null) {
            members.wrong(section.heading(), "is no list of '- **Outcome**: text'");
        }
        return new Members(
                        members.file(),
                        section.heading(),
                        TemplateFile.texts(section, members.file(), members.problems()),
                        members.problems())
                .eachText();
    }

    private static String body(String markdown, @Nullable Section texts) {
        List<String> lines = new ArrayList<>(markdown.lines().toList());
        if (texts != null) {
            lines.subList(texts.firstLine(), Math.min(texts.endLine(), lines.size())).clear();
        }
        return String.join("\n", lines).strip();
    }
}
