package io.worldweave.filestore.content;

/**
 * One thing that is wrong in an experience.
 *
 * @param file relative to the folder of the experiences, with {@code /}
 * @param key where in the file, such as {@code state.model} or {@code line 3}; empty if it is the
 *     file as a whole
 */
public record Problem(String file, String key, String reason) {
    @Override
    public String toString() {
        return key.isEmpty() ? file + ": " + reason : file + ": " + key + ": " + reason;
    }
}
