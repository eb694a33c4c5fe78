package io.worldweave.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The values that a setting may have.
 *
 * @param description completes the sentence "it must be …"
 * @param reader makes the value of its text; what is not allowed is an {@link
 *     IllegalArgumentException} or one of the runtime's own for numbers and times
 */
public record Allowed<T>(String description, Function<String, T> reader) {

    T read(String text) {
        return reader.apply(text);
    }

    /** A whole number, the limits included. */
    static Allowed<Integer> wholeNumber(int least, int most) {
        return new Allowed<>(
                "a whole number from " + least + " to " + most,
                text -> {
                    int number = Integer.parseInt(text);
                    require(number >= least && number <= most);
                    return number;
                });
    }

    /** A duration as ISO 8601 writes it, the limits included. */
    static Allowed<Duration> duration(Duration least, Duration most) {
        return new Allowed<>(
                "a duration from " + least + " to " + most,
                text -> {
                    Duration duration = Duration.parse(text);
                    require(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
                    return duration;
                });
    }

    /** Any text but none. */
    static Allowed<String> text(String description) {
        return new Allowed<>(
                description,
                text -> {
                    require(!text.isEmpty());
                    return text;
                });
    }

    /** A path, made absolute. */
    static Allowed<Path> path() {
        return new Allowed<>("the path of a directory", Allowed::absolute);
    }

    /** A path, made absolute, or nothing. */
    static Allowed<Optional<Path>> pathOrNone() {
        return new Allowed<>(
                "the path of a file, or nothing",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(absolute(text)));
    }

    /** The name of an adapter; which are known is seen when it is chosen. */
    static Allowed<String> adapter() {
        return new Allowed<>(
                "the name of an adapter, in lower case",
                text -> {
                    require(text.matches("[a-z][a-z0-9-]{0,31}"));
                    return text;
                });
    }

    /** Names of adapters, at least one, with commas between them. */
    static Allowed<List<String>> adapters() {
        Allowed<String> one = adapter();
        return new Allowed<>(
                "names of adapters, in lower case, with commas between them",
                text ->
                        Arrays.stream(text.split(",", -1))
                                .map(String::strip)
                                .map(one::read)
                                .distinct()
                                .toList());
    }

    /** Origins of web pages, as browsers write them, made lower case; or none. */
    static Allowed<Set<String>> origins() {
        return new Allowed<>(
                "origins such as https://play.example.com, with commas between them, or * for all,"
                        + " or nothing",
                text ->
                        text.isEmpty()
                                ? Set.of()
                                : Arrays.stream(text.split(",", -1))
                                        .map(Allowed::origin)
                                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static String origin(String text) {
        String origin = text.strip().toLowerCase(Locale.ROOT);
        require(origin.equals("*") || origin.matches("[a-z][a-z0-9+.-]*://[^/?#\\s]+"));
        return origin;
    }

    /** Words of lower case with commas between them, or nothing. */
    static Allowed<List<String>> words() {
        return new Allowed<>(
                "words of a-z, 0-9 and _ with commas between them, or nothing",
                text -> {
                    require(text.matches("([a-z0-9_]+( *, *[a-z0-9_]+)*)?"));
                    return text.isEmpty() ? List.of() : List.of(text.split(" *, *"));
                });
    }

    /** Whether something is so: true or false. */
    static Allowed<Boolean> yesOrNo() {
        return new Allowed<>(
                "true or false",
                text -> {
                    require(text.equals("true") || text.equals("false"));
                    return text.equals("true");
                });
    }

    /** A value that {@code reader} makes of a text that is not empty, or nothing. */
    static <T> Allowed<Optional<T>> orNone(String description, Function<String, T> reader) {
        return new Allowed<>(
                description + ", or nothing",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(reader.apply(text)));
    }

    private static Path absolute(String text) {
        require(!text.isEmpty());
        return Path.of(text).toAbsolutePath().normalize();
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("not allowed");
        }
    }
}
