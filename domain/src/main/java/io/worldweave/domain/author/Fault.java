package io.worldweave.domain.author;

/**
 * Something that is wrong in what authors wrote.
 *
 * @param file with the experience's folder before it
 * @param key where in the file, such as {@code state.model}; empty if it is the file as a whole
 * @param line from 1; 0 if it is no line's
 * @param column from 1; 0 if it is the line as a whole
 * @param reason a sentence for authors
 */
public record Fault(String file, String key, int line, int column, String reason) {}
