package io.worldweave.filestore.content;

/**
 * One thing that is wrong in an experience.
 *
 * @param file relative to the folder of the experiences, with {@code /}
 * @param key where in the file, such as {@code state.model} or {@code front matter}; empty if it is
 *     the file as a whole
 * @param line from 1; 0 if it is no line's
 * @param column from 1; 0 if it is the line as a whole
 */
public record Problem(String file, String key, String reason, int line, int column) {
    /** Makes a problem whose line is not known yet. */
    Problem(String file, String key, String reason) {
        this(file, key, reason, 0, 0);
    }

    Problem at(int otherLine, int otherColumn) {
        return new Problem(file, key, reason, otherLine, otherColumn);
    }

    @Override
    public String toString() {
        String place = key.isEmpty() ? "" : key + ": ";
        String at =
                column == 0
                        ? " (line " + line + ")"
                        : " (line " + line + ", column " + column + ")";
        return file + ": " + place + reason + (line == 0 ? "" : at);
    }
}
