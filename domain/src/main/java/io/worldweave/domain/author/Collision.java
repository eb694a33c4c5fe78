package io.worldweave.domain.author;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Part;
import org.jspecify.annotations.Nullable;

/**
 * A place where authors changed what was changed in the world as well: the world keeps its own.
 * Null among the values means that nothing is there.
 *
 * @param part in which the place is
 * @param pointer where it is in the world; where the authors have it if it is not there any more
 * @param reason a sentence for authors
 * @param base what the authors had written before
 * @param authors what they write now
 * @param live what is there
 */
public record Collision(
        Part part,
        Pointer pointer,
        String reason,
        @Nullable Json base,
        @Nullable Json authors,
        @Nullable Json live) {
    /** So many are told of one merge; further ones are counted. */
    public static final int LIMIT = 200;
}
