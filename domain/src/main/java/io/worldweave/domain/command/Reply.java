package io.worldweave.domain.command;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call while it is put together.
 *
 * <p>Not thread-safe: belongs to one decision.
 */
final class Reply {
    /** So many names are listed in a sentence; the rest is counted. */
    static final int LIST_LIMIT = 20;

    /** So many things are listed as facts. */
    static final int FACT_LIMIT = 100;

    private static final Set<String> FINE = Set.of("success", "nothing", "empty", "already_there");

    private final Call call;
    private final String code;
    private final Map<String, String> values = new HashMap<>();
    private final List<String> afterwards = new ArrayList<>();
    private JsonObject arguments = JsonObject.EMPTY;
    private JsonObject facts = JsonObject.EMPTY;
    private JsonObject profile = JsonObject.EMPTY;
    private List<Change> changes = List.of();
    private @Nullable String itemId;
    private @Nullable String text;

    Reply(Call call, String code) {
        this.call = call;
        this.code = code;
        values.put("player", call.scene().user().value());
        call.arguments().forEach(this::repeat);
    }

    private void repeat(String parameter, Argument argument) {
        values.put(parameter, argument.echo());
        if (argument instanceof Argument.ById(String name, String id)
                && id.length() <= Argument.ID_LIMIT) {
            arguments = arguments.with(name, Json.of(id));
            itemId = ArgumentNames.isItem(name) ? id : itemId;
        } else {
            arguments = arguments.with(parameter, Json.of(argument.echo()));
        }
    }

    /** Says what a placeholder stands for. */
    Reply value(String placeholder, String value) {
        values.put(placeholder, value);
        return this;
    }

    Reply values(Map<String, String> more) {
        values.putAll(more);
        return this;
    }

    Reply fact(String name, Json value) {
        facts = facts.with(name, value);
        return this;
    }

    /** Says which argument was understood by {@code parameter}, under the name that clients use. */
    Reply understood(String parameter, String name, String id) {
        arguments = arguments.without(parameter).with(name, Json.of(id));
        return this;
    }

    /** Says what the parameter turned out to be: an item, or a character. */
    Reply thing(String parameter, Thing thing) {
        value(parameter, thing.label()).value("description", thing.description());
        if (thing.isItem()) {
            itemId = thing.id();
            return understood(parameter, Json.INSTANCE_ID, thing.id())
                    .fact(Json.INSTANCE_ID, Json.of(thing.id()))
                    .fact("name", Json.of(thing.label()));
        }
        return understood(parameter, "npc_id", thing.id())
                .fact("npc_id", Json.of(thing.id()))
                .fact("name", Json.of(thing.label()));
    }

    /** Says where the player is or comes to be. */
    Reply place(@Nullable Place place) {
        if (place == null) {
            return value("area", "nowhere that has a name").value("area_description", "");
        }
        fact("zone_id", Json.of(place.zone()));
        if (place.area() != null) {
            fact("area_id", Json.of(place.area()));
        }
        return value("area", place.label()).value("area_description", place.description());
    }

    /** Lists things: their names where the placeholder stands, and who they are as facts. */
    Reply list(String placeholder, List<? extends Named> things, String none) {
        List<Json> listed = new ArrayList<>();
        for (Named thing : things.subList(0, Math.min(things.size(), FACT_LIMIT))) {
            listed.add(JsonObject.of("id", Json.of(thing.id()), "name", Json.of(thing.label())));
        }
        return value(placeholder, Texts.list(labels(things), "and", none))
                .fact(placeholder, new JsonArray(listed));
    }

    Reply choices(List<? extends Named> things) {
        list("choices", things, "");
        return value("choices", Texts.list(labels(things), "or", ""));
    }

    /** Says this in the place of the command's own text, unless it is null. */
    Reply text(@Nullable String otherText) {
        text = otherText == null ? text : otherText;
        return this;
    }

    /** Says this after the rest, unless it is null or blank. */
    Reply then(@Nullable String sentence) {
        if (sentence != null && !sentence.isBlank()) {
            afterwards.add(sentence);
        }
        return this;
    }

    Reply profile(JsonObject members) {
        profile = members;
        return this;
    }

    Reply changes(Draft draft) {
        changes = draft.changes();
        return this;
    }

    Decision decide() {
        String action = CommandSchemas.structuredName(call.command());
        String first = text == null ? Texts.of(call.command(), code) : text;
        StringBuilder message = new StringBuilder(Texts.fill(first, values).strip());
        for (String sentence : afterwards) {
            if (!message.isEmpty()) {
                message.append(' ');
            }
            message.append(Texts.fill(sentence, values).strip());
        }
        ActionResult result =
                new ActionResult(
                        action,
                        FINE.contains(code),
                        code,
                        message.toString(),
                        itemId,
                        arguments,
                        facts);
        return new Decision(changes, result, profile);
    }

    /** Returns what they are called, those of one name once with their number. */
    private static List<String> labels(List<? extends Named> things) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        things.forEach(thing -> counts.merge(thing.label(), 1, Integer::sum));
        List<String> labels = new ArrayList<>();
        counts.forEach(
                (label, count) -> labels.add(count == 1 ? label : label + " (" + count + ")"));
        if (labels.size() <= LIST_LIMIT) {
            return labels;
        }
        List<String> shown = new ArrayList<>(labels.subList(0, LIST_LIMIT));
        shown.add((labels.size() - LIST_LIMIT) + " more");
        return shown;
    }
}
