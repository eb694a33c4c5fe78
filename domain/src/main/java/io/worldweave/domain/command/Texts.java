package io.worldweave.domain.command;

import io.worldweave.domain.content.CommandSpec;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentences with placeholders such as {@code {item}}, and lists as one says them. */
final class Texts {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]{1,32})\\}");

    /** What is said where the authors wrote nothing, by action and code, or by code alone. */
    private static final Map<String, String> BUILT_IN =
            Map.ofEntries(
                    Map.entry("collect_item/success", "You take the {item}. {description}"),
                    Map.entry("drop_item/success", "You put down the {item}."),
                    Map.entry("use_item/success", "You use the {item}."),
                    Map.entry("give_item/success", "You give the {item} to {recipient}."),
                    Map.entry("return_item/success", "The {item} is back where it belongs."),
                    Map.entry("examine/success", "{description}"),
                    Map.entry("inventory/success", "You carry: {items}."),
                    Map.entry("go/success", "You come to {area}. {area_description}"),
                    Map.entry("teleport/success", "You are now at {area}. {area_description}"),
                    Map.entry("help/success", "You can: {commands}."),
                    Map.entry("spawn/success", "Made {item} at {area}."),
                    Map.entry("remove_item/success", "Removed {item}."),
                    Map.entry("where/success", "{thing}: {place}."),
                    Map.entry(
                            "look/success",
                            "You are here: {area}. {area_description} You see: {items}. Who is"
                                    + " here: {npcs}. From here you can go to: {exits}."),
                    Map.entry(
                            "nothing",
                            "You are here: {area}. {area_description} There is nothing else here."
                                    + " From here you can go to: {exits}."),
                    Map.entry("empty", "You carry nothing."),
                    Map.entry("already_there", "You are there already: {area}."),
                    Map.entry("talk/not_here", "{npc} is not here to talk to."),
                    Map.entry("where/not_here", "There is no {thing} anywhere in this world."),
                    Map.entry("not_here", "There is no {item} here."),
                    Map.entry("not_in_inventory", "You do not carry the {item}."),
                    Map.entry("not_collectible", "The {item} has to stay where it is."),
                    Map.entry("not_usable", "The {item} is not to be used."),
                    Map.entry("recipient_not_here", "{recipient} is not here."),
                    Map.entry("recipient_full", "{recipient} cannot carry any more."),
                    Map.entry("inventory_full", "You cannot carry any more: put something down."),
                    Map.entry("no_room", "There is no room here for the {item}."),
                    Map.entry("no_place_here", "Nothing here is waiting for the {item}."),
                    Map.entry("mismatch", "The {item} does not belong here."),
                    Map.entry("unknown_destination", "There is no way from here to {destination}."),
                    Map.entry("spawn/unknown_destination", "There is no place {area}."),
                    Map.entry("unknown_template", "There is no item template {template}."),
                    Map.entry("ambiguous", "Which one do you mean: {choices}?"),
                    Map.entry("missing", "That needs a few more words: what do you mean?"),
                    Map.entry("forbidden", "Only those who tend this world may do that."));

    private Texts() {}

    /** Returns what the command says of an outcome. */
    static String of(CommandSpec command, String code) {
        String written = command.texts().get(code);
        if (written != null) {
            return written;
        }
        String forAction = BUILT_IN.get(command.action() + "/" + code);
        return forAction != null ? forAction : BUILT_IN.getOrDefault(code, "So be it.");
    }

    /**
     * Returns {@code text} with each placeholder replaced by its value, in one pass: what a value
     * holds is never taken for a placeholder. One without a value is left out.
     */
    static String fill(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
    }

    /** Returns {@code a, b and c}, or {@code none} if there is nothing to list. */
    static String list(List<String> names, String last, String none) {
        if (names.isEmpty()) {
            return none;
        }
        if (names.size() == 1) {
            return names.getFirst();
        }
        return String.join(", ", names.subList(0, names.size() - 1))
                + " "
                + last
                + " "
                + names.getLast();
    }
}
