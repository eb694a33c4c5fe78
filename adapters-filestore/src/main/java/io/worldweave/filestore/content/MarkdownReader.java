package io.worldweave.filestore.content;

import io.worldweave.filestore.content.MarkdownPage.Entry;
import io.worldweave.filestore.content.MarkdownPage.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/** Reads Markdown (CommonMark) into the structure that authors of experiences give it. */
final class MarkdownReader {
    /** Blocks deeper in each other than this are read as text. */
    private static final int DEPTH_LIMIT = 32;

    private static final Parser PARSER =
            Parser.builder()
                    .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                    .maxOpenBlockParsers(DEPTH_LIMIT)
                    .build();
    private static final Pattern ENTRY =
            Pattern.compile("\\*\\*(.+?):?\\*\\*\\s*:?\\s*(.*)", Pattern.DOTALL);

    private final int lines;
    private final List<Entry> fields = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private final List<Node> blocks = new ArrayList<>();
    private @Nullable String title;
    private @Nullable Heading heading;

    private MarkdownReader(int lines) {
        this.lines = lines;
    }

    static MarkdownPage read(String text) {
        MarkdownReader reader = new MarkdownReader((int) text.lines().count());
        for (Node node = PARSER.parse(text).getFirstChild(); node != null; node = node.getNext()) {
            reader.take(node);
        }
        reader.endSection(reader.lines);
        return new MarkdownPage(reader.title, reader.fields, reader.sections);
    }

    private void take(Node node) {
        if (node instanceof Heading next && next.getLevel() <= 2) {
            endSection(lineOf(next));
            if (next.getLevel() == 2) {
                heading = next;
            } else if (title == null) {
                title = PlainText.of(next);
            }
        } else if (heading != null) {
            blocks.add(node);
        } else if (node instanceof BlockQuote quote) {
            PlainText.linesOf(quote).stream()
                    .map(MarkdownReader::entry)
                    .forEach(entry -> {
                        if (entry != null) {
                            fields.add(entry);
                        }
                    });
        }
    }

    private void endSection(int endLine) {
        if (heading != null) {
            sections.add(
                    new Section(
                            PlainText.of(heading),
                            lineOf(heading),
                            endLine,
                            PlainText.of(blocks),
                            entries()));
        }
        heading = null;
        blocks.clear();
    }

    private @Nullable List<Entry> entries() {
        if (blocks.size() != 1 || !(blocks.getFirst() instanceof BulletList list)) {
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            Entry entry = entry(PlainText.inside(item));
            if (entry == null) {
                return null;
            }
            entries.add(entry);
        }
        return entries;
    }

    private static @Nullable Entry entry(String text) {
        Matcher matcher = ENTRY.matcher(text);
        return matcher.matches() && !MarkdownPage.snakeCase(matcher.group(1)).isEmpty()
                ? new Entry(matcher.group(1).strip(), matcher.group(2).strip())
                : null;
    }

    private static int lineOf(Node block) {
        return block.getSourceSpans().getFirst().getLineIndex();
    }
}
