package io.worldweave.filestore;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON text of files, in which no key may stand twice. */
public final class JsonReader {
    private static final JsonFactory F =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private JsonReader() {}

    public static Json read(byte[] bytes) {
        try (JsonParser p = F.createParser(bytes)) {
            p.nextToken();
            Json v = value(p);
            if (p.nextToken() != null) {
                throw new MalformedJsonException("trailing text");
            }
            return v;
        } catch (IOException e) {
            throw new MalformedJsonException(String.valueOf(e.getMessage()));
        }
    }

    private static Json value(JsonParser p) throws IOException {
        JsonToken t = p.currentToken();
        if (t == null) {
            throw new MalformedJsonException("empty");
        }
        return switch (t) {
            case START_OBJECT -> {
                JsonObject o = JsonObject.EMPTY;
                while (p.nextToken() != JsonToken.END_OBJECT) {
                    String n = p.currentName();
                    p.nextToken();
                    o = o.with(n, value(p));
                }
                yield o;
            }
            case START_ARRAY -> {
                List<Json> l = new ArrayList<>();
                while (p.nextToken() != JsonToken.END_ARRAY) {
                    l.add(value(p));
                }
                yield Json.array(l);
            }
            case VALUE_STRING -> Json.of(p.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(p.getDecimalValue());
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            default -> JsonNull.NULL;
        };
    }
}
