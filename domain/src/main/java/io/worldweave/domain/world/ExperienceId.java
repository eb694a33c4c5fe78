package io.worldweave.domain.world;

import java.util.regex.Pattern;

/**
 * The name of an experience: a lower-case word of letters, digits, {@code -} and {@code _}, at most
 * 64 characters.
 */
public record ExperienceId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    public ExperienceId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an experience id has 1 to 64 characters of a-z 0-9 - _ and begins with a"
                            + " letter or a digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
