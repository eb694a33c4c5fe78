package io.worldweave.domain.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The store does not answer, or cannot vouch for a world. Trying again later may succeed, unless it
 * is a {@link DamagedWorldException}.
 */
public sealed class StoreUnavailableException extends RuntimeException
        permits DamagedWorldException {
    @Serial private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
