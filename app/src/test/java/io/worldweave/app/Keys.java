package io.worldweave.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Keys that are good from everywhere: of many players, of an admin, and those of the demo. */
final class Keys {
    static final String ADMIN = "key-of-admin";

    private Keys() {}

    static String of(String user) {
        return "key-of-" + user;
    }

    /** Writes the file of keys for users {@code p0}, {@code p1} and so on into a new directory. */
    static Path directory(int players) {
        List<String> lines = new ArrayList<>();
        lines.add(line(ADMIN, "admin", "admin"));
        for (int i = 0; i < players; i++) {
            lines.add(line(of("p" + i), "p" + i, "player"));
        }
        return directory(lines);
    }

    /** Writes a file with the keys of the demo, which then are good from other hosts too. */
    static Path demoDirectory() {
        return directory(
                List.of(
                        line("demo-alice", "alice", "player"),
                        line("demo-bob", "bob", "player"),
                        line("demo-admin", "admin", "admin")));
    }

    private static Path directory(List<String> lines) {
        try {
            Path directory = Files.createTempDirectory("worldweave-keys");
            Files.write(directory.resolve("credentials"), lines);
            return directory;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String line(String key, String user, String roles) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest) + " " + user + " " + roles;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
