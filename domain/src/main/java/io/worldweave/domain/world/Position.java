package io.worldweave.domain.world;

/**
 * A place in the history of a world: a revision, and the epoch that names the history.
 *
 * @param revision not negative; revisions of different epochs cannot be compared
 */
public record Position(String epoch, long revision) {
    public Position {
        if (epoch.isEmpty() || epoch.length() > 64) {
            throw new IllegalArgumentException("an epoch has 1 to 64 characters");
        }
        if (revision < 0) {
            throw new IllegalArgumentException("a revision is not negative: " + revision);
        }
    }

    public Position at(long otherRevision) {
        return new Position(epoch, otherRevision);
    }
}
