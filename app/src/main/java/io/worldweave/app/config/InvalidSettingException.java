package io.worldweave.app.config;

import java.io.Serial;

/**
 * A setting has a value that the service cannot run with; the message says which, and what it may
 * be.
 */
public final class InvalidSettingException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public InvalidSettingException(String message) {
        super(message);
    }

    /** Says that {@code value} is not what {@code setting} may have. */
    static InvalidSettingException of(Setting<?> setting, String value) {
        return new InvalidSettingException(
                setting.key()
                        + " is \""
                        + value
                        + "\", and must be "
                        + setting.allowed().description()
                        + " (environment variable "
                        + setting.environmentVariable()
                        + ").");
    }
}
