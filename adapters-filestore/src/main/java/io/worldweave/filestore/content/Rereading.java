package io.worldweave.filestore.content;

import io.worldweave.domain.content.Experience;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading an experience again because its files had changed.
 *
 * @param name the folder's
 * @param files that were added, changed or removed, in it and with {@code /}
 * @param experience as it goes on: as it is written now, or as it last was valid; null if it never
 *     was, or is gone
 * @param problems why what is written now is not valid; none if it is
 */
public record Rereading(
        String name, List<String> files, @Nullable Experience experience, List<Problem> problems) {
    public Rereading {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    public boolean isValid() {
        return problems.isEmpty();
    }
}
