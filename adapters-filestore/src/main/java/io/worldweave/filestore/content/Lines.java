package io.worldweave.filestore.content;

import io.worldweave.wire.JsonLines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds the lines of problems that name a key: that of the key, or of what holds it if it is
 * missing. Not thread-safe: of one reading.
 */
final class Lines {
    /** Larger files are not read again for the sake of a line. */
    private static final int BYTES_LIMIT = 1 << 23;

    private final String prefix;
    private final ContentFiles files;
    private final Map<String, byte[]> texts = new HashMap<>();

    private Lines(String experience, ContentFiles files) {
        this.prefix = experience + "/";
        this.files = files;
    }

    /** Returns the problems of an experience with the lines that can be found. */
    static List<Problem> find(String experience, ContentFiles files, List<Problem> problems) {
        Lines lines = new Lines(experience, files);
        List<Problem> found = new ArrayList<>();
        for (Problem problem : problems) {
            found.add(problem.line() > 0 || problem.key().isEmpty() ? problem : lines.in(problem));
        }
        return found;
    }

    private Problem in(Problem problem) {
        String file = problem.file().substring(prefix.length());
        byte[] text = texts.computeIfAbsent(file, this::read);
        int line =
                file.endsWith(".json")
                        ? JsonLines.of(text, problem.key())
                        : inMarkdown(new String(text, StandardCharsets.UTF_8), problem.key());
        return problem.at(line, 0);
    }

    private byte[] read(String file) {
        byte[] bytes = files.bytes(file, new Problems(prefix));
        return bytes == null || bytes.length > BYTES_LIMIT ? new byte[0] : bytes;
    }

    /** Returns the line of the innermost name of the key that stands somewhere, or 1. */
    private static int inMarkdown(String text, String key) {
        List<String> lines = text.lines().toList();
        String[] names = key.split("\\.", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            String name = Pattern.quote(names[i].replaceAll("\\[\\d+]$", ""));
            Pattern wanted =
                    Pattern.compile(
                            "("
                                    + name
                                    + "\\s*:.*)|(>\\s*|[-*+]\\s*)?\\*\\*"
                                    + name
                                    + ":?\\*\\*.*|#+\\s*"
                                    + name
                                    + "\\s*",
                            Pattern.CASE_INSENSITIVE);
            int last = 0;
            for (int line = 0; line < lines.size(); line++) {
                if (wanted.matcher(lines.get(line).strip()).matches()) {
                    last = line + 1;
                }
            }
            if (last > 0) {
                return last;
            }
        }
        return lines.isEmpty() ? 0 : 1;
    }
}
