package io.worldweave.domain.play;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.patch.Patch;

/** What somebody outside wants to become of a shared document. */
public sealed interface Update {
    /** Merges it in, in the merge form. An item that it adds gets what its template gives. */
    record Merged(JsonObject form) implements Update {}

    /** Makes of the document what the patch says, and nothing more. */
    record Patched(Patch patch) implements Update {}
}
