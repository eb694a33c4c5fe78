package io.worldweave.domain.content;

import java.util.List;
import java.util.Map;

/**
 * Something to achieve: items with certain values of a property brought back to where they belong.
 *
 * @param giver instance id of the NPC who asks for it
 * @param itemProperty dotted path of the property in an item, such as {@code state.symbol}
 * @param goal the values to bring back, each once
 * @param trust points of the giver's trust for each
 * @param texts what is said: {@code begin}, {@code progress}, {@code repeated}, {@code mismatch},
 *     {@code complete}
 */
public record Quest(
        String id,
        String name,
        String description,
        String giver,
        String itemProperty,
        List<String> goal,
        int trust,
        Map<String, String> texts) {
    public Quest {
        goal = List.copyOf(goal);
        texts = Map.copyOf(texts);
    }
}
