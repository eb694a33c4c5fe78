package io.worldweave.domain.patch;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Edit;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Merge Patch (RFC 7396): objects are merged in, null takes a member away, and everything
 * else, arrays too, takes the place of what is there.
 *
 * @param value any JSON value
 */
public record MergePatch(Json value) implements Patch {
    @Override
    public Edit<Json> apply(Json document) {
        return new Edit.Applied<>(merged(document, value));
    }

    private static Json merged(@Nullable Json target, Json patch) {
        if (!(patch instanceof JsonObject members)) {
            return patch;
        }
        JsonObject[] result = {target instanceof JsonObject object ? object : JsonObject.EMPTY};
        members.forEach((name, value) ->
                result[0] =
                        value == JsonNull.NULL
                                ? result[0].without(name)
                                : result[0].with(name, merged(result[0].get(name), value)));
        return result[0];
    }
}
