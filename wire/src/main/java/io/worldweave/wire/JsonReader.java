package io.worldweave.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON text and refuses all that RFC 8259 leaves to taste: only I-JSON (RFC 7493) within
 * {@link ReadLimits} gets in.
 *
 * <p>Beyond the grammar it refuses: other encodings than UTF-8, and a byte order mark; a member
 * name that stands twice in an object, however it is escaped; anything after the value; lone
 * surrogates and noncharacters, raw or escaped; numbers that a double cannot hold, or only as zero.
 *
 * <p>Thread-safe.
 */
public final class JsonReader {
    private static final JsonReader STRICT = new JsonReader(ReadLimits.REQUEST);

    private final ReadLimits limits;
    private final JsonFactory factory;

    private JsonReader(ReadLimits limits) {
        this.limits = limits;
        // Depth is checked here first, so the parser's own limit is never met. Names are not
        // pooled: a table of names that strangers choose is a target.
        this.factory =
                JsonFactory.builder()
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(ReadLimits.MAX_DEPTH + 1)
                                        .maxStringLength(limits.stringChars())
                                        .maxNameLength(limits.nameChars())
                                        .maxNumberLength(limits.numberChars())
                                        .build())
                        .build();
    }

    /** Returns the reader for what clients send: {@link ReadLimits#REQUEST}. */
    public static JsonReader strict() {
        return STRICT;
    }

    public static JsonReader withLimits(ReadLimits limits) {
        return new JsonReader(limits);
    }

    /** Returns the value that {@code utf8} is the text of, or throws why it is none. */
    public Json read(byte[] utf8) {
        CharBuffer text = decode(utf8);
        try (JsonParser parser = factory.createParser(text.array(), 0, text.length())) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw refusal("there is no value", parser);
            }
            Json value = value(parser, first, 1);
            if (parser.nextToken() != null) {
                throw refusal("something follows the value", parser);
            }
            return value;
        } catch (StreamConstraintsException tooLong) {
            throw refusal(
                    "a string, a member name or a number is longer than it may be",
                    tooLong.getLocation());
        } catch (JacksonException unreadable) {
            throw refusal(SyntaxReason.of(unreadable), unreadable.getLocation());
        } catch (IOException impossible) {
            throw new IllegalStateException("an array of characters failed to be read", impossible);
        }
    }

    /** As {@link #read}, and refuses a value that is no object. */
    public JsonObject readObject(byte[] utf8) {
        if (read(utf8) instanceof JsonObject object) {
            return object;
        }
        throw new MalformedJsonException(ErrorCode.INVALID_JSON, "the value is no object", 1, 1);
    }

    private CharBuffer decode(byte[] utf8) {
        if (utf8.length > limits.bytes()) {
            throw new MalformedJsonException(
                    ErrorCode.TOO_LARGE,
                    "the text has more than " + limits.bytes() + " bytes",
                    0,
                    0);
        }
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer chars = CharBuffer.allocate(utf8.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(utf8), chars, true);
        chars.flip();
        if (result.isError()) {
            throw at(chars, "the text is not UTF-8");
        }
        if (!chars.isEmpty() && chars.charAt(0) == '\uFEFF') {
            throw refusal("the text begins with a byte order mark", 1, 1);
        }
        return chars;
    }

    private Json value(JsonParser parser, JsonToken token, int depth) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser, depth);
            case START_ARRAY -> array(parser, depth);
            case VALUE_STRING -> Json.of(text(parser, parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> Json.of(true);
            case VALUE_FALSE -> Json.of(false);
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw refusal("a value was expected", parser);
        };
    }

    private JsonObject object(JsonParser parser, int depth) throws IOException {
        checkDepth(parser, depth);
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text(parser, parser.currentName());
            if (members.containsKey(name)) {
                throw refusal(
                        "a member name stands twice in an object: " + SyntaxReason.quoted(name),
                        parser);
            }
            members.put(name, value(parser, parser.nextToken(), depth + 1));
        }
        return JsonObject.of(members);
    }

    private Json array(JsonParser parser, int depth) throws IOException {
        checkDepth(parser, depth);
        List<Json> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            elements.add(value(parser, token, depth + 1));
        }
        return Json.array(elements);
    }

    private void checkDepth(JsonParser parser, int depth) {
        if (depth > limits.depth()) {
            JsonLocation place = parser.currentTokenLocation();
            throw new MalformedJsonException(
                    ErrorCode.TOO_DEEP,
                    "objects and arrays are nested more than " + limits.depth() + " deep",
                    place.getLineNr(),
                    place.getColumnNr());
        }
    }

    private static JsonNumber number(JsonParser parser) throws IOException {
        String text = parser.getText();
        double rounded = Double.parseDouble(text);
        if (Double.isInfinite(rounded) || (rounded == 0 && !isZero(text))) {
            throw refusal(
                    "a number is beyond what a double holds: " + SyntaxReason.quoted(text), parser);
        }
        return new JsonNumber(rounded == 0 ? BigDecimal.ZERO : new BigDecimal(text));
    }

    private static boolean isZero(String number) {
        return number.chars()
                .takeWhile(c -> c != 'e' && c != 'E')
                .noneMatch(c -> c >= '1' && c <= '9');
    }

    private static String text(JsonParser parser, String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (Character.getType(c) == Character.SURROGATE) {
                throw refusal("a string holds half of a surrogate pair", parser);
            }
            if ((c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF)) {
                throw refusal("a string holds U+%04X, which is no character".formatted(c), parser);
            }
            i += Character.charCount(c);
        }
        return text;
    }

    private static MalformedJsonException refusal(String reason, JsonParser parser) {
        return refusal(reason, parser.currentTokenLocation());
    }

    private static MalformedJsonException refusal(String reason, @Nullable JsonLocation place) {
        return place == null
                ? refusal(reason, 0, 0)
                : refusal(reason, place.getLineNr(), place.getColumnNr());
    }

    private static MalformedJsonException refusal(String reason, int line, int column) {
        return new MalformedJsonException(ErrorCode.INVALID_JSON, reason, line, column);
    }

    /** Returns the refusal whose place is the end of what could be read. */
    private static MalformedJsonException at(CharSequence read, String reason) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < read.length(); i++) {
            boolean newLine = read.charAt(i) == '\n';
            line += newLine ? 1 : 0;
            column = newLine ? 1 : column + 1;
        }
        return refusal(reason, line, column);
    }
}
