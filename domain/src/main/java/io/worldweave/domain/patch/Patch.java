package io.worldweave.domain.patch;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.world.Edit;

/**
 * What makes one document of another, both as clients see them: in every array, a collection too,
 * elements are named by their index and their order counts.
 */
public sealed interface Patch permits JsonPatch, MergePatch {
    /**
     * Returns what becomes of the document: all that the patch says, or nothing. What it does not
     * touch is the same instance.
     */
    Edit<Json> apply(Json document);
}
