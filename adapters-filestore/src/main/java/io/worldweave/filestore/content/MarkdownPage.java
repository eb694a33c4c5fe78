package io.worldweave.filestore.content;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Markdown file as authors of experiences structure it: a title, fields, and sections.
 *
 * @param title the text of the first-level heading, or null if there is none
 * @param fields {@code > **Name**: value} lines before the first section
 * @param sections one for each second-level heading
 */
record MarkdownPage(@Nullable String title, List<Entry> fields, List<Section> sections) {

    /** A name and what stands beside it. */
    record Entry(String name, String value) {}

    /**
     * What stands under a second-level heading.
     *
     * @param firstLine the heading's line, from 0
     * @param endLine the line after the section's last
     * @param text without the marks of blocks; paragraphs are parted by an empty line
     * @param entries if it is a list of {@code - **Name**: value} and nothing else, these; null
     *     otherwise
     */
    record Section(
            String heading,
            int firstLine,
            int endLine,
            String text,
            @Nullable List<Entry> entries) {
        boolean isCalled(String name) {
            return snakeCase(heading).equals(name);
        }
    }

    /** Returns the section of that name in snake_case, or null if there is none. */
    @Nullable Section section(String name) {
        return sections.stream().filter(section -> section.isCalled(name)).findFirst().orElse(null);
    }

    /** Returns a name as a key: lower-case words joined by {@code _}. */
    static String snakeCase(String name) {
        return name.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "_")
                .replaceAll("^_+|_+$", "");
    }
}
