package io.worldweave.app.start;

import io.worldweave.app.config.InvalidSettingException;
import io.worldweave.app.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret that cursors are checked with: as configured, or one that is made at the first start
 * and kept in the data directory, so that cursors outlive a restart.
 */
final class CursorKey {
    private static final String FILE = "cursor-key";
    private static final int KEY_BYTES = 32;

    private CursorKey() {}

    static byte[] of(Settings.Access access, Path data) {
        Path file = data.resolve(FILE);
        try {
            String text =
                    access.cursorKey().isPresent()
                            ? access.cursorKey().get()
                            : Files.exists(file) ? Files.readString(file).strip() : make(file);
            return HexFormat.of().parseHex(text);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read or write " + file, failure);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSettingException(
                    file
                            + " does not hold a key in hexadecimal. Remove it, and a new one is"
                            + " made; streams then begin anew.");
        }
    }

    private static String make(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        String text = HexFormat.of().formatHex(key);
        Path unfinished = Files.createTempFile(file.getParent(), ".cursor-key-", "");
        Files.writeString(unfinished, text + "\n");
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return text;
    }
}
