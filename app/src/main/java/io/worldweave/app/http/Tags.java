package io.worldweave.app.http;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.JsonWriter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * The entity tags of documents: the epoch of the world, and the last revision that changed that
 * document.
 */
final class Tags {
    private Tags() {}

    static EntityTag of(WorldState state, Document document) {
        return of(state.position().at(document.revision()));
    }

    /** Returns the tag of the document that was last changed at that position. */
    static EntityTag of(Position changed) {
        return new EntityTag(changed.epoch() + "-" + changed.revision());
    }

    /** Returns a strong tag as a header says it. */
    static String text(EntityTag tag) {
        return '"' + tag.getValue() + '"';
    }

    /** Answers with the document, or with 304 if the caller has it. */
    static Response answer(HttpHeaders headers, WorldState state, Document document) {
        return answer(headers, of(state, document), document.content());
    }

    /** Answers with what is of a document with that tag, or with 304 if the caller has it. */
    static Response answer(HttpHeaders headers, EntityTag tag, Json value) {
        TagCondition wanted = condition(headers, HttpHeaders.IF_MATCH);
        if (wanted != null && !wanted.namesStrongly(tag)) {
            throw new ProblemException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The document is not at the version that If-Match names.");
        }
        TagCondition known = condition(headers, HttpHeaders.IF_NONE_MATCH);
        Response.ResponseBuilder answer =
                known != null && known.namesWeakly(tag)
                        ? Response.notModified()
                        : Response.ok(JsonWriter.compact(value));
        return answer.tag(tag)
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "x-api-key, Authorization")
                .build();
    }

    private static @Nullable TagCondition condition(HttpHeaders headers, String name) {
        return TagCondition.of(name, headers.getHeaderString(name));
    }
}
