package io.worldweave.app.security;

import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.Role;
import io.worldweave.domain.user.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines of a credentials file: {@code sha256:<64 hexadecimal digits> <user> <roles>},
 * where roles are {@code player}, {@code publisher} and {@code admin} with commas between them.
 * Empty lines and those that begin with {@code #} are skipped.
 */
final class KeyLines {
    /** A file has at most so many lines. */
    static final int LINE_LIMIT = 100_000;

    private static final Pattern FORM =
            Pattern.compile("sha256:([0-9a-fA-F]{64})[ \\t]+(\\S|\\S.*\\S)[ \\t]+([a-z,]+)");

    private final Map<String, Identity> identities = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private KeyLines() {}

    /** Reads the lines; what is wrong is in {@link #problems}. */
    static KeyLines read(List<String> lines) {
        KeyLines read = new KeyLines();
        if (lines.size() > LINE_LIMIT) {
            read.problems.add("has more than " + LINE_LIMIT + " lines");
            return read;
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                read.line(i + 1, line);
            }
        }
        return read;
    }

    /** Returns who is known, by the hash of their key. */
    Map<String, Identity> identities() {
        return Map.copyOf(identities);
    }

    /** Returns what is wrong, each with its line, and without what the line says. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private void line(int number, String line) {
        Matcher parts = FORM.matcher(line);
        if (!parts.matches()) {
            problems.add(
                    "line " + number + " is not \"sha256:<64 hexadecimal digits> <user> <roles>\"");
            return;
        }
        try {
            Identity identity = new Identity(new UserId(parts.group(2)), roles(parts.group(3)));
            String hash = parts.group(1).toLowerCase(Locale.ROOT);
            if (identities.putIfAbsent(hash, identity) != null) {
                problems.add("line " + number + " has the key of an earlier line");
            }
        } catch (IllegalArgumentException wrong) {
            problems.add("line " + number + ": " + wrong.getMessage());
        }
    }

    private static Set<Role> roles(String text) {
        Set<Role> roles = EnumSet.of(Role.PLAYER);
        for (String name : text.split(",", -1)) {
            roles.add(
                    Arrays.stream(Role.values())
                            .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(name))
                            .findAny()
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "roles are player, publisher and admin, not \""
                                                    + name
                                                    + "\"")));
        }
        return roles;
    }
}
