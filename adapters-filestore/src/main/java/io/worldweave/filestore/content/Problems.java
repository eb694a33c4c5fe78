package io.worldweave.filestore.content;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers what is wrong in an experience while it is read, so that its authors hear of all of it at
 * once. Not thread-safe: of one reading.
 */
final class Problems {
    private final String experience;
    private final List<Problem> all = new ArrayList<>();

    /**
     * Begins without problems.
     *
     * @param experience the folder's name, which heads the name of every file
     */
    Problems(String experience) {
        this.experience = experience;
    }

    void add(String file, String key, String reason) {
        all.add(new Problem(experience + "/" + file, key, reason));
    }

    /** Adds what is wrong at a place of a file that is known; 0 if it is not. */
    void add(String file, String key, String reason, int line, int column) {
        all.add(new Problem(experience + "/" + file, key, reason, line, column));
    }

    List<Problem> all() {
        return List.copyOf(all);
    }

    /** Throws what was gathered, with the lines that the files have it in, if anything was. */
    void throwIfAny(ContentFiles files) {
        if (!all.isEmpty()) {
            throw new InvalidExperienceException(Lines.find(experience, files, all));
        }
    }
}
