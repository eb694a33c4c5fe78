package io.worldweave.filestore.world;

import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.WorldId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Copies for people that were written, or deleted, and what made them other than they were.
 *
 * @param files absolute
 * @param from the revision before the first change; that of the last one if nothing is known of
 *     changes, as after a start
 * @param actors who made the changes, those who came first before others; {@value #LIMIT} at most
 * @param causes likewise
 * @param timestampMillis of the last change; 0 if nothing is known of changes
 */
public record CopiesWritten(
        WorldId world,
        List<Path> files,
        long from,
        long revision,
        List<Actor> actors,
        List<String> causes,
        long timestampMillis) {
    /** No more actors or causes are named. */
    public static final int LIMIT = 32;

    public CopiesWritten {
        files = List.copyOf(files);
        actors = actors.stream().distinct().limit(LIMIT).toList();
        causes = causes.stream().distinct().limit(LIMIT).toList();
    }

    /** Returns this and what was written of the same world later as one. */
    public CopiesWritten and(CopiesWritten later) {
        return new CopiesWritten(
                world,
                List.copyOf(both(files, later.files)),
                Math.min(from, later.from),
                later.revision,
                List.copyOf(both(actors, later.actors)),
                List.copyOf(both(causes, later.causes)),
                Math.max(timestampMillis, later.timestampMillis));
    }

    private static <T> SequencedSet<T> both(List<T> first, List<T> second) {
        SequencedSet<T> both = new LinkedHashSet<>(new ArrayList<>(first));
        both.addAll(second);
        return both;
    }
}
