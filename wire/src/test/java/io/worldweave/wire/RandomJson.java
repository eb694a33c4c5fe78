package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes values of every kind, with the characters and numbers that writers get wrong. */
final class RandomJson {
    private static final List<String> CHARACTERS =
            List.of(
                    "a",
                    "Z",
                    "0",
                    " ",
                    "\"",
                    "\\",
                    "/",
                    "\n",
                    "\r",
                    "\t",
                    "\b",
                    "\f",
                    "\0",
                    "\u001f",
                    "\u007f",
                    "\u0080",
                    "\u00e9",
                    "\u07ff",
                    "\u0800",
                    "\u2028",
                    "\u2029",
                    "\ud7ff",
                    "\ue000",
                    "\ufffd",
                    "\ud83d\ude00",
                    "\ud800\udc00",
                    "\udbff\udffd");
    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "-1",
                    "0.1",
                    "1e300",
                    "-1e-300",
                    "4.9e-324",
                    "1.7976931348623157e308",
                    "9007199254740993",
                    "123456789012345678901234567890",
                    "100000000000000000000",
                    "0.000001",
                    "0.0000001");

    private final SplittableRandom random;

    RandomJson(SplittableRandom random) {
        this.random = random;
    }

    /**
     * Returns the text of a number, with its point and its exponent anywhere, that has about {@code
     * digits}.
     */
    static String numberText(SplittableRandom random, int digits) {
        int all = digits - 6 + random.nextInt(8);
        int exponent = random.nextInt(4);
        int whole = 1 + random.nextInt(all - exponent);
        int fraction = random.nextBoolean() ? all - exponent - whole : 0;
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        text.append(1 + random.nextInt(9));
        appendDigits(text, random, whole - 1);
        if (fraction > 0) {
            appendDigits(text.append('.'), random, fraction);
        }
        if (exponent > 0) {
            text.append(List.of("e", "E", "e+", "E-").get(random.nextInt(4)));
            appendDigits(text, random, exponent);
        }
        return text.toString();
    }

    /** Appends digits of which many are zero. */
    private static void appendDigits(StringBuilder text, SplittableRandom random, int count) {
        int zeros = random.nextInt(count + 1);
        for (int i = 0; i < count; i++) {
            text.append(i < zeros && random.nextInt(8) > 0 ? 0 : random.nextInt(10));
        }
    }

    Json value(int depth) {
        return switch (random.nextInt(depth <= 0 ? 5 : 8)) {
            case 0 -> Json.of(text());
            case 1 -> new JsonNumber(new BigDecimal(NUMBERS.get(random.nextInt(NUMBERS.size()))));
            case 2 -> Json.of(random.nextLong());
            case 3 -> Json.of(random.nextBoolean());
            case 4 -> JsonNull.NULL;
            case 5 -> array(depth);
            case 6 -> collection(depth);
            default -> object(depth);
        };
    }

    JsonObject object(int depth) {
        JsonObject object = JsonObject.EMPTY;
        for (int i = random.nextInt(5); i > 0; i--) {
            object = object.with(text(), value(depth - 1));
        }
        return object;
    }

    private Json array(int depth) {
        List<Json> elements = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            elements.add(value(depth - 1));
        }
        return Json.array(elements);
    }

    private Json collection(int depth) {
        List<Json> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(object(depth - 1).with(Json.INSTANCE_ID, Json.of(text() + i)));
        }
        return Json.array(items);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
        }
        return text.toString();
    }
}
