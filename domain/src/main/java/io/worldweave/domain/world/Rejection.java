package io.worldweave.domain.world;

import io.worldweave.domain.json.Pointer;

/**
 * Why a change cannot be applied: where, and what is wrong there. Nothing of its delta was applied.
 */
public sealed interface Rejection {
    Pointer pointer();

    /** A sentence for the one who sent the change. */
    String reason();

    /** Nothing stands where something must. */
    record Missing(Pointer pointer) implements Rejection {
        @Override
        public String reason() {
            return "nothing is at " + pointer;
        }
    }

    /** An item of that instance id is in the collection already. */
    record AlreadyThere(Pointer pointer) implements Rejection {
        @Override
        public String reason() {
            return "an item is at " + pointer + " already";
        }
    }

    /** What holds the place has no room for such a value. */
    record WrongKind(Pointer pointer, String reason) implements Rejection {}

    /** The state would grow past a limit. */
    record TooLarge(Pointer pointer, String reason) implements Rejection {}

    /** What stands there is not what was asked for. */
    record Different(Pointer pointer) implements Rejection {
        @Override
        public String reason() {
            return "what is at " + pointer + " is not what the test asks for";
        }
    }

    /**
     * One of several operations cannot be applied.
     *
     * @param index from 0
     */
    record OfOperation(int index, String name, Rejection why) implements Rejection {
        @Override
        public Pointer pointer() {
            return why.pointer();
        }

        @Override
        public String reason() {
            return "operation " + index + " (" + name + "): " + why.reason();
        }
    }
}
