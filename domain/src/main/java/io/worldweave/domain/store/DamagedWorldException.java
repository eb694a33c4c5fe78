package io.worldweave.domain.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * What the store keeps of a world is not as it was written. The world cannot be used until somebody
 * has repaired it; no other is concerned. The message may be told to clients.
 */
public final class DamagedWorldException extends StoreUnavailableException {
    @Serial private static final long serialVersionUID = 1L;

    public DamagedWorldException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
