package io.worldweave.wire;

import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Part;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Places as clients write them: {@code world.time_of_day}, {@code player.inventory}. In an array of
 * items the name is an instance id.
 */
final class DottedPath {
    private static final Pattern INDEX = Pattern.compile("-|0|[1-9][0-9]*");

    /** What stands in a world at which depth: under each of these names, objects by their ids. */
    private static final Map<Integer, String> LEVELS =
            Map.of(0, "locations", 2, "areas", 4, "spots");

    private DottedPath() {}

    /**
     * Returns the path of {@code pointer}, or throws {@link InexpressibleException} if a name
     * cannot stand in one or may be an index.
     */
    static String of(Part part, Pointer pointer) {
        List<String> tokens = pointer.tokens();
        int ids = part instanceof Part.Shared ? levels(tokens) * 2 : 0;
        for (int i = 0; i < tokens.size(); i++) {
            String name = tokens.get(i);
            boolean id = i < ids && i % 2 == 1;
            if (name.isEmpty() || name.indexOf('.') >= 0 || (!id && mayBeIndex(name))) {
                throw new InexpressibleException("a dotted path cannot hold the name: " + name);
            }
        }
        String document = part instanceof Part.Shared ? "world" : "player";
        return tokens.isEmpty() ? document : document + "." + String.join(".", tokens);
    }

    /**
     * Returns how far the tokens descend locations, areas and spots: 0 for none, 3 for the inside
     * of a spot.
     */
    static int levels(List<String> tokens) {
        int level = 0;
        while (2 * level + 1 < tokens.size()
                && tokens.get(2 * level).equals(LEVELS.get(2 * level))) {
            level++;
        }
        return level;
    }

    /** Returns whether the token, seen by itself, may name an element of an array by its index. */
    static boolean mayBeIndex(String token) {
        return INDEX.matcher(token).matches();
    }
}
