package io.worldweave.domain.turn;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much a narrator is told, and which turns are worth a larger model.
 *
 * @param conversationActions commands that are conversation all the same, such as {@code talk}
 * @param viewTokens about so many tokens tell what the player sees
 * @param conversationTokens about so many tell what was said before
 */
public record BriefRule(Set<String> conversationActions, int viewTokens, int conversationTokens) {
    /** Of most languages and models a token is at least so long. */
    static final int CHARACTERS_PER_TOKEN = 4;

    public static final BriefRule DEFAULT = new BriefRule(Set.of("talk"), 2_000, 2_000);

    public BriefRule {
        conversationActions = Set.copyOf(conversationActions);
        if (viewTokens < 1 || conversationTokens < 0) {
            throw new IllegalArgumentException(
                    "token budgets are not negative: " + viewTokens + ", " + conversationTokens);
        }
    }

    /** Returns what a turn is worth in which that action was understood, or none. */
    Tier tierOf(@Nullable String action) {
        return action == null || conversationActions.contains(action)
                ? Tier.CONVERSATION
                : Tier.COMMAND;
    }

    int viewCharacters() {
        return viewTokens * CHARACTERS_PER_TOKEN;
    }

    int conversationCharacters() {
        return conversationTokens * CHARACTERS_PER_TOKEN;
    }
}
