package io.worldweave.domain.presence;

import java.time.Duration;

/**
 * Limits of presence.
 *
 * @param lease so long a node's word counts for who plays there; those of a node that crashed have
 *     left at most four thirds of it later
 * @param told so many others of its zone a session is told of at once
 * @param users so many players of other nodes are known in each world
 */
public record PresenceLimits(Duration lease, int told, int users) {
    public static final PresenceLimits DEFAULT =
            new PresenceLimits(Duration.ofSeconds(15), 500, 100_000);

    public PresenceLimits {
        if (lease.toMillis() < 1 || told < 1 || users < 1) {
            throw new IllegalArgumentException(
                    "limits of presence are positive: " + lease + ", " + told + ", " + users);
        }
    }
}
