package io.worldweave.tools;

import io.worldweave.domain.world.WorldId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Parameters;

/** Which worlds are meant: those that are named, or all. Not thread-safe. */
final class Selection {
    @Parameters(
            paramLabel = "WORLD",
            arity = "0..*",
            description =
                    "worlds: an experience (garden), a player's copy of one (garden/alice), a"
                            + " profile (profile/alice); all if none is given")
    List<String> worlds = new ArrayList<>();

    private final Set<String> seen = new HashSet<>();

    Predicate<WorldId> wanted() {
        return world -> {
            boolean wanted = worlds.isEmpty() || worlds.contains(world.toString());
            if (wanted) {
                seen.add(world.toString());
            }
            return wanted;
        };
    }

    /** Refuses what names a world that was nowhere. */
    void checkAllWereThere() {
        for (String name : worlds) {
            if (!seen.contains(name)) {
                throw new RefusedException(ExitStatus.USAGE, "there is no world " + name);
            }
        }
    }
}
