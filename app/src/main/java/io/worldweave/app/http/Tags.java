package io.worldweave.app.http;

import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.JsonWriter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/**
 * The entity tags of documents: the epoch of the world, and the last revision that changed that
 * document.
 */
final class Tags {
    private Tags() {}

    static EntityTag of(WorldState state, Document document) {
        return new EntityTag(state.position().epoch() + "-" + document.revision());
    }

    /** Answers with the document, or with 304 if the caller has it. */
    static Response answer(Request request, WorldState state, Document document) {
        EntityTag tag = of(state, document);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer =
                unchanged == null ? Response.ok(JsonWriter.compact(document.content())) : unchanged;
        return answer.tag(tag)
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "x-api-key, Authorization")
                .build();
    }
}
