package io.worldweave.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts that look like JSON and are none, by what is wrong with them. */
final class MalformedTexts {
    private final Map<String, byte[]> texts = new LinkedHashMap<>();

    private MalformedTexts() {}

    static Map<String, byte[]> all() {
        MalformedTexts all = new MalformedTexts();
        all.structure();
        all.literals();
        all.numbers();
        all.strings();
        all.characters();
        all.encodings();
        all.names();
        all.sizes();
        return all.texts;
    }

    private void structure() {
        each(
                "structure",
                "",
                " ",
                "\n",
                "[",
                "]",
                "{",
                "}",
                "[[",
                "[}",
                "{]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[,]",
                "[1,,2]",
                "[1 2]",
                "[1]]",
                "[1:2]",
                "[]]",
                "[\"a\",\n",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\" 1}",
                "{\"a\",1}",
                "{\"a\"::1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1;\"b\":2}",
                "{:1}",
                "{\"a\":1}}",
                "{\"a\":}",
                "{\"a\":1:2}",
                "{1:1}",
                "{null:1}",
                "{a:1}",
                "{'a':1}",
                "{[]:1}",
                "{\"a\":1}{\"b\":2}",
                "{\"a\":1} x",
                "1 2",
                "1,2",
                "[] []",
                "null null",
                "\"a\"\"b\"",
                "<a/>",
                "a=1",
                "---\na: 1",
                "*",
                "[*]",
                "($)");
        each(
                "comment",
                "// a\n{}",
                "{}// a",
                "{}//",
                "/* a */{}",
                "{/**/}",
                "[1/* a */]",
                "{}#",
                "# a\n{}",
                "{}/",
                "<!-- -->{}");
    }

    private void literals() {
        each(
                "literal",
                "nul",
                "nulll",
                "tru",
                "fals",
                "truefalse",
                "True",
                "NULL",
                "None",
                "undefined",
                "[undefined]",
                "yes",
                "nan",
                "NaN",
                "[NaN]",
                "-NaN",
                "Infinity",
                "[-Infinity]",
                "+Infinity",
                "INF",
                "[tru]",
                "[nul]",
                "`a`",
                "b'a'",
                "$a",
                "_");
    }

    private void numbers() {
        each(
                "number",
                "-",
                "+",
                "+1",
                "--1",
                "-+1",
                "01",
                "-01",
                "00",
                "1.",
                ".1",
                "-.1",
                "1.e1",
                "1e",
                "1e+",
                "1e-",
                "1E+-1",
                "1ee1",
                "1.1.1",
                "1..1",
                "0x1",
                "0x",
                "1_000",
                "1,000",
                "1a",
                "[1a]",
                "[-]",
                "[1e]",
                "[0e+]",
                "[-a]",
                "- 1",
                "1 000",
                "1f",
                "1L",
                "1n",
                "\uFF11",
                "\u0661",
                "1e1.5",
                "1/2",
                "1e400",
                "-1e400",
                "[1e309]",
                "1e-400",
                "-1e-400",
                "1e99999999999999999999",
                "1e-99999999999999999999",
                "1e2147483647",
                "1e-2147483648");
        add("number of 101 digits", "1".repeat(101));
        add("number of 200,000 digits", "[" + "9".repeat(60_000) + "]");
        add("number with 200 zeros", "0." + "0".repeat(200) + "1");
    }

    private void strings() {
        each(
                "string",
                "\"",
                "\"a",
                "'a'",
                "'",
                "a",
                "[a]",
                "\"a\\\"",
                "\"\\",
                "\"\\x41\"",
                "\"\\a\"",
                "\"\\'\"",
                "\"\\0\"",
                "\"\\u\"",
                "\"\\u1\"",
                "\"\\u12\"",
                "\"\\u123\"",
                "\"\\u12G4\"",
                "\"\\U0041\"",
                "\"\\u{41}\"",
                "\"\\ \"",
                "\"\\\n\"",
                "\"\\\u00e5\"",
                "\"a\nb\"",
                "\"a\rb\"",
                "\"a\tb\"",
                "\"a\u0000b\"",
                "\"a\u001fb\"",
                "[\"a\nb\"]",
                "{\"a\nb\":1}",
                "\u201Ca\u201D",
                "\"a\"b",
                "\"\"\"a\"\"\"");
    }

    private void characters() {
        for (String half : List.of("\\ud800", "\\uDBFF", "\\udc00", "\\uDFFF", "\\ude00\\ud83d")) {
            add("half of a pair, escaped: " + half, "\"a" + half + "\"");
            add("half of a pair in a name: " + half, "{\"" + half + "\":1}");
        }
        each(
                "broken pair",
                "\"\\ud800\\u0041\"",
                "\"\\ud800\\ud800\"",
                "\"\\ud800\\n\"",
                "\"\\ud83d\\\"",
                "\"\\ud83d\\u\"",
                "\"\\ud83dx\"");
        for (String none : List.of("\\ufffe", "\\uFFFF", "\\ufdd0", "\\uFDEF", "\\ud83f\\udffe")) {
            add("no character: " + none, "\"" + none + "\"");
            add("no character in a name: " + none, "{\"" + none + "\":1}");
        }
        add("U+FFFF, raw", "\"\uFFFF\"");
        add("U+10FFFF, raw", "\"" + Character.toString(0x10FFFF) + "\"");
        for (char space : new char[] {0, 1, 8, 11, 12, 0x7F, 0x85, 0xA0, 0x2028, 0x3000}) {
            add("U+%04X as white space".formatted((int) space), "[1," + space + "2]");
            add("U+%04X at the end".formatted((int) space), "[1]" + space);
        }
        add("word joiner before the value", "\u2060{}");
    }

    private void encodings() {
        for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE")) {
            texts.put(charset, "{\"a\":1}".getBytes(Charset.forName(charset)));
        }
        add("byte order mark", "\uFEFF{}");
        add("two byte order marks", "\uFEFF\uFEFF{}");
        add("only a byte order mark", "\uFEFF");
        texts.put("ISO 8859-1", "\"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1));
        for (String bytes :
                List.of(
                        "C080", // NUL, too long
                        "C0AF", // a slash, too long
                        "C1BF",
                        "E080AF",
                        "E09FBF",
                        "F08080AF",
                        "F08FBFBF",
                        "EDA080", // half of a pair
                        "EDBFBF",
                        "EDA0BDEDB880", // both halves, each by itself
                        "F4908080", // beyond U+10FFFF
                        "F5808080",
                        "F888808080",
                        "FC8480808080",
                        "80",
                        "BF",
                        "C3",
                        "C328",
                        "E282",
                        "E28228",
                        "F09F98",
                        "FE",
                        "FF",
                        "FEFF")) {
            texts.put("bytes " + bytes, inString(bytes));
            texts.put("bytes at the end " + bytes, bare(bytes));
        }
    }

    private void names() {
        each(
                "name twice",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":2,\"a\":3}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"\\u0061\":1,\"a\":2}",
                "{\"\u00e9\":1,\"\\u00E9\":2}",
                "{\"/\":1,\"\\/\":2}",
                "{\"\":1,\"\":2}",
                "{\"\ud83d\ude00\":1,\"\\ud83d\\ude00\":2}",
                "[{\"a\":{\"b\":1,\"b\":1}}]",
                "{\"a\":{},\"a\":{}}");
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 100; i++) {
            many.append("\"n").append(i).append("\":").append(i).append(',');
        }
        add("a name twice among many", many + "\"n50\":0}");
    }

    private void sizes() {
        add("33 arrays", "[".repeat(33) + "]".repeat(33));
        add("33 objects", "{\"a\":".repeat(33) + "1" + "}".repeat(33));
        add("60,000 arrays, never closed", "[".repeat(60_000));
        add("20,000 objects, never closed", "{\"\":".repeat(16_000));
        add("30,000 arrays, closed", "[".repeat(30_000) + "]".repeat(30_000));
        add("arrays and objects in turn", "[{\"a\":".repeat(17) + "1" + "}]".repeat(17));
        add("more than 64 KiB", "\"" + "a".repeat(64 * 1024) + "\"");
        add("64 KiB of nothing", " ".repeat(64 * 1024 + 1));
        add("a name of 2,000 characters", "{\"" + "a".repeat(2_000) + "\":1}");
        add("64 KiB of commas", "[" + ",".repeat(65_000));
        add("64 KiB of quotes", "\"".repeat(65_001));
        add("64 KiB of backslashes", "\"" + "\\".repeat(65_000));
    }

    private void each(String what, String... wrong) {
        for (String text : wrong) {
            add(what + ": " + text.replace("\n", "\\n").replace("\0", "\\0"), text);
        }
    }

    private void add(String name, String text) {
        byte[] before = texts.put(name, text.getBytes(StandardCharsets.UTF_8));
        if (before != null) {
            throw new IllegalStateException("stands twice in the list: " + name);
        }
    }

    private static byte[] inString(String hex) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write('"');
        text.writeBytes(HexFormat.of().parseHex(hex));
        text.write('"');
        return text.toByteArray();
    }

    private static byte[] bare(String hex) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes("{}".getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(HexFormat.of().parseHex(hex));
        return text.toByteArray();
    }
}
