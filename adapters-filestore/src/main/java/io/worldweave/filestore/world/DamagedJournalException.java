package io.worldweave.filestore.world;

import java.io.Serial;
import java.nio.file.Path;

/** A journal is not as it was written. */
final class DamagedJournalException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    DamagedJournalException(Path file, int line, Exception reason) {
        super(file + ": line " + line + ": " + reason.getMessage(), reason);
    }
}
