package io.worldweave.domain.world;

import io.worldweave.domain.user.UserId;

/** Names one living state. */
public sealed interface WorldId {
    /** The one world of an experience that all its players share. */
    record Shared(ExperienceId experience) implements WorldId {
        @Override
        public String toString() {
            return experience.value();
        }
    }

    /** One player's own copy of an experience's world. */
    record Isolated(ExperienceId experience, UserId owner) implements WorldId {
        @Override
        public String toString() {
            return experience + "/" + owner;
        }
    }

    /** What a player keeps across experiences; its shared document is the profile. */
    record Profile(UserId owner) implements WorldId {
        @Override
        public String toString() {
            return "profile/" + owner;
        }
    }
}
