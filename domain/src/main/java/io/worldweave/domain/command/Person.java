package io.worldweave.domain.command;

import io.worldweave.domain.user.UserId;
import java.util.List;

/** Someone who can be given something. */
sealed interface Person extends Named {
    /** Someone of the world itself. */
    record Npc(Thing thing) implements Person {
        @Override
        public String id() {
            return thing.id();
        }

        @Override
        public String label() {
            return thing.label();
        }

        @Override
        public List<String> names() {
            return thing.names();
        }

        @Override
        public List<String> otherNames() {
            return thing.otherNames();
        }
    }

    /** Another player. */
    record Player(UserId user) implements Person {
        @Override
        public String id() {
            return user.value();
        }

        @Override
        public String label() {
            return user.value();
        }

        @Override
        public List<String> names() {
            return List.of(user.value());
        }

        @Override
        public List<String> otherNames() {
            return List.of();
        }
    }
}
