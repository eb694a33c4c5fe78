package io.worldweave.domain.command;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An item or a character where it is.
 *
 * @param collection what holds it, in the document of {@code part}
 */
record Thing(Kind kind, JsonObject content, Part part, Pointer collection) implements Named {
    enum Kind {
        ITEM,
        CHARACTER
    }

    /** Returns the things in the collection {@code member} of {@code holder}. */
    static List<Thing> in(Kind kind, Part part, Pointer holder, JsonObject holding, String member) {
        Pointer collection = holder.child(member);
        return holding.items(member).stream()
                .map(content -> new Thing(kind, content, part, collection))
                .toList();
    }

    /** Returns an id as one would say it. */
    static String readable(String id) {
        return id.replace('_', ' ').strip();
    }

    @Override
    public String id() {
        return JsonCollection.idOf(content);
    }

    Pointer pointer() {
        return collection.child(id());
    }

    @Override
    public String label() {
        List<String> names = names();
        return names.isEmpty() ? readable(id()).toLowerCase(Locale.ROOT) : names.getFirst();
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(2);
        addText(names, "semantic_name");
        addText(names, "name");
        return names;
    }

    @Override
    public List<String> otherNames() {
        List<String> names = new ArrayList<>(4);
        addText(names, "type");
        addText(names, "template_id");
        names.add(id());
        names.addAll(texts(content.get("aliases")));
        return names;
    }

    String description() {
        return content.text("description", "");
    }

    String templateId() {
        return content.text("template_id", "");
    }

    boolean visible() {
        return content.flag("visible", true);
    }

    boolean isItem() {
        return kind == Kind.ITEM;
    }

    private void addText(List<String> names, String member) {
        String text = content.text(member, "").strip();
        if (!text.isEmpty()) {
            names.add(text);
        }
    }

    /** Returns the texts of a list; none if {@code value} is no list. */
    static List<String> texts(@Nullable Json value) {
        return value instanceof JsonArray array
                ? array.elements().stream()
                        .filter(JsonString.class::isInstance)
                        .map(element -> ((JsonString) element).value())
                        .toList()
                : List.of();
    }
}
