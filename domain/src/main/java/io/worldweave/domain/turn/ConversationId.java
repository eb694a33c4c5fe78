package io.worldweave.domain.turn;

import java.util.regex.Pattern;

/** The name of a conversation: 1 to 64 letters, digits, {@code -} and {@code _}. */
public record ConversationId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public ConversationId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a conversation id has 1 to 64 characters of A-Z a-z 0-9 - _");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
