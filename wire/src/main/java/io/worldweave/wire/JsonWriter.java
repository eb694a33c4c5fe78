package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;

/**
 * Writes values as JSON text in UTF-8. Members and items come in their own order, so the same value
 * is always the same text.
 *
 * <p>Thread-safe; a buffer that is written to is not.
 */
public final class JsonWriter {
    private static final int INITIAL_CAPACITY = 512;
    private static final String INDENT = "  ";

    private JsonWriter() {}

    /** Returns the text on one line, without white space. */
    public static byte[] compact(Json value) {
        Utf8Buffer out = new Utf8Buffer(INITIAL_CAPACITY);
        append(value, out);
        return out.toByteArray();
    }

    /** Returns the text for people: indented by two spaces, with a line break at the end. */
    public static byte[] pretty(Json value) {
        Utf8Buffer out = new Utf8Buffer(INITIAL_CAPACITY);
        write(value, out, 0);
        return out.append('\n').toByteArray();
    }

    /** Appends what {@link #compact} returns. */
    public static void append(Json value, Utf8Buffer out) {
        write(value, out, Layout.COMPACT);
    }

    private static void write(Json value, Utf8Buffer out, int indent) {
        switch (value) {
            case JsonObject object -> {
                Layout layout = new Layout(out, '{', indent);
                object.forEach((name, member) -> {
                    layout.next();
                    out.quoted(name).append(':');
                    if (indent != Layout.COMPACT) {
                        out.append(' ');
                    }
                    write(member, out, layout.inner);
                });
                layout.close('}');
            }
            case JsonArray array -> {
                Layout layout = new Layout(out, '[', indent);
                for (Json element : array.elements()) {
                    layout.next();
                    write(element, out, layout.inner);
                }
                layout.close(']');
            }
            case JsonCollection collection -> {
                Layout layout = new Layout(out, '[', indent);
                collection.forEach((id, item) -> {
                    layout.next();
                    write(item, out, layout.inner);
                });
                layout.close(']');
            }
            case JsonString string -> out.quoted(string.value());
            case JsonNumber number -> out.ascii(number.toString());
            case JsonBoolean bool -> out.ascii(bool.toString());
            case JsonNull _ -> out.ascii("null");
        }
    }

    /** The brackets, commas and line breaks of one object or array. */
    private static final class Layout {
        /** The indent of text that has none. */
        static final int COMPACT = -1;

        final int inner;
        private final Utf8Buffer out;
        private final int indent;
        private boolean empty = true;

        Layout(Utf8Buffer out, char opening, int indent) {
            this.out = out.append(opening);
            this.indent = indent;
            this.inner = indent == COMPACT ? COMPACT : indent + 1;
        }

        void next() {
            if (!empty) {
                out.append(',');
            }
            empty = false;
            lineBreak(inner);
        }

        void close(char closing) {
            if (!empty) {
                lineBreak(indent);
            }
            out.append(closing);
        }

        private void lineBreak(int depth) {
            if (depth != COMPACT) {
                out.append('\n');
                for (int i = 0; i < depth; i++) {
                    out.ascii(INDENT);
                }
            }
        }
    }
}
