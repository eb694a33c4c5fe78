package io.worldweave.filestore.world;

import io.worldweave.domain.world.WorldId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a world's copy for people tells of its journal. What the copy shows was forced to the
 * journal before, so a copy that is ahead of the journal, or alone, says that some of the journal
 * is lost. Nothing else of a copy is believed.
 *
 * @param revision that the copy shows; -1 if it cannot be told
 */
record CopyWitness(Path copy, boolean isThere, long revision) {
    /** What tells the revision stands at the beginning; the rest may be long. */
    private static final int BEGINNING = 1024;

    private static final Pattern REVISION =
            Pattern.compile(
                    "\\s*\\{\\s*\"metadata\"\\s*:\\s*\\{\\s*\"_version\"\\s*:\\s*([0-9]{1,18})\\b");

    static CopyWitness of(WorldId world, Path folder) {
        Path copy = ReadableCopy.file(world, folder);
        boolean isThere = Files.isRegularFile(copy);
        return new CopyWitness(copy, isThere, isThere ? revision(copy) : -1);
    }

    private static long revision(Path copy) {
        try (InputStream in = Files.newInputStream(copy)) {
            String beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
            Matcher matcher = REVISION.matcher(beginning);
            return matcher.lookingAt() ? Long.parseLong(matcher.group(1)) : -1;
        } catch (IOException _) {
            // The journal does not need its copy.
            return -1;
        }
    }

    /**
     * Compares the copy with the journal.
     *
     * @throws DamagedJournalException if the copy shows what the journal does not reach
     */
    void holdAgainst(long journalEnd) {
        if (revision > journalEnd) {
            throw new DamagedJournalException(
                    copy,
                    "it shows revision "
                            + revision
                            + " and the journal ends at "
                            + journalEnd
                            + ", so the newest segment of the journal or the end of it is lost: put it"
                            + " back, or move this copy away to go on without it");
        }
    }

    /**
     * Compares the copy with a journal that is not there.
     *
     * @throws DamagedJournalException if there is a copy
     */
    void holdAgainstNothing() {
        if (isThere) {
            throw new DamagedJournalException(
                    copy,
                    "there is this copy of the world and no journal: put the journal back, or move"
                            + " this copy away to begin the world anew");
        }
    }
}
