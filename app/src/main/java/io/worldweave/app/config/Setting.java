package io.worldweave.app.config;

import java.time.DateTimeException;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * Something that can be set. Its default stands in {@code META-INF/microprofile-config.properties}.
 *
 * @param key name of the property
 * @param meaning what it sets, for operators
 */
public record Setting<T>(String key, Allowed<T> allowed, String meaning) {

    /**
     * Returns the value in force.
     *
     * @throws InvalidSettingException if it is not allowed
     */
    T in(Config config) {
        ConfigValue found = config.getConfigValue(key);
        String text = found.getValue() == null ? "" : found.getValue().strip();
        try {
            return allowed.read(text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException no) {
            throw InvalidSettingException.of(this, text);
        }
    }

    /** Returns the name of the environment variable that sets it. */
    public String environmentVariable() {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
