package io.worldweave.filestore.content;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object in an author's file, read by name and kind. What is missing or of
 * another kind is noted with file, key and reason, and something harmless is returned in its place.
 */
record Members(String file, String path, JsonObject object, Problems problems) {

    /** Notes what is wrong with a member. */
    void wrong(String name, String reason) {
        problems.add(file, pathOf(name), reason);
    }

    String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Returns a text that must be there and not blank. */
    String text(String name) {
        Json value = object.get(name);
        if (value instanceof JsonString text && !text.value().isBlank()) {
            return text.value();
        }
        wrong(name, value == null ? "is missing" : "is no text with something in it");
        return "";
    }

    /** Returns a text that may be absent. */
    @Nullable String optionalText(String name) {
        Json value = object.get(name);
        if (value == null || value instanceof JsonString) {
            return object.text(name);
        }
        wrong(name, "is no text");
        return null;
    }

    /** Returns a truth value that must be there. */
    boolean flag(String name) {
        if (object.get(name) instanceof JsonBoolean flag) {
            return flag.value();
        }
        wrong(name, object.has(name) ? "is neither true nor false" : "is missing");
        return false;
    }

    /** Checks a truth value that may be absent. */
    void checkFlag(String name) {
        if (object.has(name)) {
            flag(name);
        }
    }

    /** Returns a whole number that must be there. */
    int number(String name, int least, int most) {
        if (object.get(name) instanceof JsonNumber number) {
            try {
                int value = number.value().intValueExact();
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (ArithmeticException fraction) {
                wrong(name, "is no whole number that is small enough");
                return least;
            }
        }
        wrong(name, "is no number from " + least + " to " + most);
        return least;
    }

    /** Checks a number, whole or not, that must be there. */
    void checkNumber(String name, int least, int most) {
        if (!(object.get(name) instanceof JsonNumber number)
                || number.value().compareTo(BigDecimal.valueOf(least)) < 0
                || number.value().compareTo(BigDecimal.valueOf(most)) > 0) {
            wrong(name, "is no number from " + least + " to " + most);
        }
    }

    /** Returns a list of texts; absent means none. */
    List<String> texts(String name) {
        Json value = object.get(name);
        List<String> texts = new ArrayList<>();
        if (value instanceof JsonArray array) {
            for (Json element : array.elements()) {
                if (element instanceof JsonString text && !text.value().isBlank()) {
                    texts.add(text.value());
                } else {
                    wrong(name, "holds " + element + ", which is no text (put it in quotes)");
                }
            }
        } else if (value != null) {
            wrong(name, "is no list of texts");
        }
        return texts;
    }

    /** Returns a list of objects; absent means none. */
    List<Members> objects(String name) {
        Json value = object.get(name);
        List<? extends Json> elements =
                switch (value) {
                    case null -> List.of();
                    case JsonArray array -> array.elements();
                    case JsonCollection collection -> collection.items();
                    default -> {
                        wrong(name, "is no list");
                        yield List.of();
                    }
                };
        List<Members> objects = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            String place = name + "[" + i + "]";
            if (elements.get(i) instanceof JsonObject element) {
                objects.add(new Members(file, pathOf(place), element, problems));
            } else {
                wrong(place, "is no object");
            }
        }
        return objects;
    }

    /** Returns an object; absent means an empty one. */
    Members object(String name) {
        if (object.has(name) && !(object.get(name) instanceof JsonObject)) {
            wrong(name, "is no object");
        }
        return new Members(file, pathOf(name), object.object(name), problems);
    }

    /** Returns the members, all of which must be objects. */
    Map<String, Members> eachObject() {
        Map<String, Members> members = new HashMap<>();
        for (String name : object.names()) {
            members.put(name, object(name));
        }
        return members;
    }

    /** Returns the members that are texts; others are noted. */
    Map<String, String> eachText() {
        Map<String, String> texts = new HashMap<>();
        for (String name : object.names()) {
            String text = optionalText(name);
            if (text != null) {
                texts.put(name, text);
            }
        }
        return texts;
    }
}
