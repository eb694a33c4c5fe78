package io.worldweave.domain.command;

import io.worldweave.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody can be.
 *
 * @param area null if the place is a whole zone
 * @param content the area, or the zone
 */
record Place(String zone, @Nullable String area, JsonObject content) implements Named {

    @Override
    public String id() {
        return area == null ? zone : area;
    }

    @Override
    public String label() {
        String name = content.text("name", "").strip();
        return name.isEmpty() ? Thing.readable(id()) : name;
    }

    String description() {
        return content.text("description", "");
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(Thing.texts(content.get("aliases")));
        names.addFirst(label());
        return names;
    }

    @Override
    public List<String> otherNames() {
        return area == null ? List.of(zone) : List.of(area, zone + " " + area);
    }
}
