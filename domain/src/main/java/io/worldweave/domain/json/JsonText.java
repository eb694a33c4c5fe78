package io.worldweave.domain.json;

/**
 * Writes values as compact JSON text (RFC 8259), for messages and logs; what goes over the wire is
 * written by the wire module.
 */
final class JsonText {
    private JsonText() {}

    static String write(Json value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        appendQuoted(out, text);
        return out.toString();
    }

    private static void append(StringBuilder out, Json value) {
        switch (value) {
            case JsonObject object -> {
                out.append('{');
                object.forEach((name, member) -> {
                    separate(out, '{');
                    appendQuoted(out, name);
                    out.append(':');
                    append(out, member);
                });
                out.append('}');
            }
            case JsonArray array -> {
                out.append('[');
                for (Json element : array.elements()) {
                    separate(out, '[');
                    append(out, element);
                }
                out.append(']');
            }
            case JsonCollection collection -> {
                out.append('[');
                collection.forEach((id, item) -> {
                    separate(out, '[');
                    append(out, item);
                });
                out.append(']');
            }
            case JsonString string -> appendQuoted(out, string.value());
            case JsonNumber number -> out.append(number);
            case JsonBoolean bool -> out.append(bool);
            case JsonNull none -> out.append(none);
        }
    }

    private static void separate(StringBuilder out, char opening) {
        if (out.charAt(out.length() - 1) != opening) {
            out.append(',');
        }
    }

    private static void appendQuoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
