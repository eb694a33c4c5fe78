package io.worldweave.domain.bus;

import org.jspecify.annotations.Nullable;

/**
 * What a bus brings for one user. Where events are kept, each thing heard has a position, and they
 * come in that order; whoever takes up a later one has taken up, or knows to have missed, all
 * before it.
 */
public sealed interface Heard {
    /** Returns the place that is reached with this, or null where events are not kept. */
    @Nullable EventPosition position();

    /** Another program said something. */
    record Said(OutsideEvent event, @Nullable EventPosition position) implements Heard {}

    /** Up to there nobody said anything that was not brought. */
    record Quiet(EventPosition position) implements Heard {}

    /** Up to there something may have been said that is not kept any more. */
    record Missed(EventPosition position) implements Heard {}
}
