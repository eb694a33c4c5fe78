package io.worldweave.domain.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;

/**
 * One operation at one place of a world, as in JSON Patch (RFC 6902), except that in a collection
 * the last token is the instance id of the item.
 */
public sealed interface Change {
    Part part();

    Pointer pointer();

    /**
     * Puts {@code value} where nothing stands: a new member (one that is there is replaced, as RFC
     * 6902 says), a new element of an array before the one at that index ({@code -}: at the end), a
     * new item of a collection (one of the same id must not be there), or at the root a whole
     * document.
     */
    record Add(Part part, Pointer pointer, Json value) implements Change {}

    /** Takes away what stands there; something must. */
    record Remove(Part part, Pointer pointer) implements Change {}

    /** Puts {@code value} in the place of what stands there; something must. */
    record Replace(Part part, Pointer pointer, Json value) implements Change {}
}
