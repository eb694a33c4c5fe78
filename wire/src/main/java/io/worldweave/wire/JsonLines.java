package io.worldweave.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Finds in which line of a JSON text something stands, for the one who wrote it. */
public final class JsonLines {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonLines() {}

    /**
     * Returns the line, from 1, of what {@code path} leads to, or of the innermost on the way there
     * that the text has; 0 if the text is no JSON.
     *
     * @param path names joined by dots, indexes in brackets, such as {@code a.b[0].c}
     */
    public static int of(byte[] utf8, String path) {
        int best = 0;
        int bestLength = -1;
        try (JsonParser parser = JSON.createParser(utf8)) {
            Deque<Place> places = new ArrayDeque<>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructEnd()) {
                    places.pop();
                } else if (token != JsonToken.FIELD_NAME) {
                    Place holder = places.peek();
                    String here = holder == null ? "" : holder.next(parser.currentName());
                    if (here.length() > bestLength && isOnTheWay(here, path)) {
                        best = parser.currentTokenLocation().getLineNr();
                        bestLength = here.length();
                    }
                    if (token.isStructStart()) {
                        places.push(new Place(here, token == JsonToken.START_ARRAY));
                    }
                }
            }
            return best;
        } catch (IOException malformed) {
            return 0;
        }
    }

    private static boolean isOnTheWay(String here, String path) {
        return path.startsWith(here)
                && (here.isEmpty()
                        || here.length() == path.length()
                        || path.charAt(here.length()) == '.'
                        || path.charAt(here.length()) == '[');
    }

    /** An object or an array on the way to the present token. */
    private static final class Place {
        private final String path;
        private final boolean isArray;
        private int index;

        Place(String path, boolean isArray) {
            this.path = path;
            this.isArray = isArray;
        }

        String next(String name) {
            if (isArray) {
                return path + "[" + index++ + "]";
            }
            return path.isEmpty() ? name : path + "." + name;
        }
    }
}
