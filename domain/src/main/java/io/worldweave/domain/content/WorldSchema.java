package io.worldweave.domain.content;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.util.List;

/**
 * What an experience allows its world to be, beyond what every world must be.
 *
 * <p>Thread-safe. Does not change, and blocks for nothing.
 */
public interface WorldSchema {
    /** Allows everything. */
    WorldSchema ANY = _ -> List.of();

    /**
     * One thing that is not allowed.
     *
     * @param place as clients name it: by index in every array
     */
    record Breach(Pointer place, String reason) {}

    /** Returns what is not allowed in the world's shared document: nothing if all of it is. */
    List<Breach> breaches(JsonObject world);
}
