package io.worldweave.domain.command;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import java.math.BigDecimal;

/**
 * How far a character trusts a player: points from 0 to {@link #LIMIT}, in the player's own part.
 */
final class Trust {
    static final int LIMIT = 100;

    /** Points for a present. */
    static final int FOR_A_GIFT = 5;

    static final String MEMBER = "trust";

    private Trust() {}

    /** Returns the trust of a character after it has risen by {@code points}. */
    static Json raised(JsonObject own, String npc, int points) {
        BigDecimal before =
                own.object(MEMBER).get(npc) instanceof JsonNumber number
                        ? number.value()
                        : BigDecimal.ZERO;
        BigDecimal limit = BigDecimal.valueOf(LIMIT);
        return new JsonNumber(before.add(BigDecimal.valueOf(points)).min(limit.max(before)));
    }
}
