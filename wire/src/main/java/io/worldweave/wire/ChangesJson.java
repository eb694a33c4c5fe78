package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import java.util.List;

/** How a version writes the member {@code changes}. */
sealed interface ChangesJson permits ChangesV04Json, ChangesV03Json {
    WireVersion version();

    /** Returns whether an update states the versions of the chain. */
    boolean versioned();

    /** Returns {@code changes}, or throws {@link InexpressibleException}. */
    Json of(List<ClientChange> changes);
}
