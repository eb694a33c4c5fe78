package io.worldweave.domain.user;

/**
 * The name of a user as the credentials give it: 1 to 128 characters, no control character, no lone
 * surrogate, no white space but inner single spaces. It may be an e-mail address.
 */
public record UserId(String value) {
    public static final int LENGTH_LIMIT = 128;

    public UserId {
        if (value.isEmpty() || value.codePointCount(0, value.length()) > LENGTH_LIMIT) {
            throw new IllegalArgumentException(
                    "a user id has 1 to " + LENGTH_LIMIT + " characters");
        }
        value.codePoints().forEach(UserId::check);
        if (value.startsWith(" ") || value.endsWith(" ") || value.contains("  ")) {
            throw new IllegalArgumentException("a user id has only single spaces, and only inside");
        }
    }

    private static void check(int character) {
        boolean printable =
                switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.SURROGATE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.PRIVATE_USE,
                            Character.FORMAT ->
                            false;
                    case Character.SPACE_SEPARATOR -> character == ' ';
                    default -> true;
                };
        if (!printable) {
            throw new IllegalArgumentException(
                    "a user id has printable characters only, not U+"
                            + String.format("%04X", character));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
