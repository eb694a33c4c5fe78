package io.worldweave.domain.command;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Part;
import java.util.List;

/** The action of giving something to a character or to another player. */
final class Giving {
    private Giving() {}

    static Decision give(Call call) {
        Call complete = call.argument("recipient") == null ? recipientFirst(call) : call;
        if (complete.argument("recipient") == null) {
            return complete.reply("missing").decide();
        }
        return complete.on(
                "item",
                complete.scene().carried(),
                "not_in_inventory",
                item ->
                        complete.on(
                                "recipient",
                                people(complete),
                                "recipient_not_here",
                                person -> handOver(complete, item, person)));
    }

    /** Reads {@code give Louisa the scrying lens}, where the recipient comes first. */
    private static Call recipientFirst(Call call) {
        if (!(call.argument("item") instanceof Argument.Said said)) {
            return call;
        }
        List<Person> people = call.scene().people();
        for (int i = said.words().size() - 1; i > 0; i--) {
            Argument person = Argument.said(said.words().until(i));
            if (person.among(people) instanceof Match.One<Person>) {
                return call.with("recipient", person)
                        .with("item", Argument.said(said.words().from(i)));
            }
        }
        return call;
    }

    /** An id names a player or a character, never the one for the other. */
    private static List<Person> people(Call call) {
        List<Person> people = call.scene().people();
        return switch (call.argument("recipient")) {
            case Argument.ById byId when byId.name().equals(ArgumentNames.TARGET_USER) ->
                    people.stream().filter(Person.Player.class::isInstance).toList();
            case Argument.ById _ -> people.stream().filter(Person.Npc.class::isInstance).toList();
            case null, default -> people;
        };
    }

    private static Decision handOver(Call call, Thing item, Person person) {
        return switch (person) {
            case Person.Npc npc -> toCharacter(call, item, npc.thing());
            case Person.Player player -> toPlayer(call, item, player);
        };
    }

    private static Decision toCharacter(Call call, Thing item, Thing npc) {
        if (npc.content().get("inventory") instanceof JsonCollection carried
                && (carried.size() >= Spot.ITEM_LIMIT || carried.get(item.id()) != null)) {
            return reply(call, "recipient_full", item, npc).decide();
        }
        Pointer inventory = npc.pointer().child("inventory");
        Json trust = Trust.raised(call.scene().own(), npc.id(), Trust.FOR_A_GIFT);
        Draft draft =
                call.draft()
                        .remove(item)
                        .add(Part.SHARED, inventory, item.content())
                        .set(Trust.MEMBER, npc.id(), trust);
        String thanks = Dialogue.of(call.scene().experience(), npc).first("thanks");
        return reply(call, "success", item, npc)
                .understood("recipient", "target_npc_id", npc.id())
                .fact("npc_id", Json.of(npc.id()))
                .fact("trust", trust)
                .then(thanks == null ? null : Dialogue.spoken(npc, thanks))
                .changes(draft)
                .decide();
    }

    private static Decision toPlayer(Call call, Thing item, Person.Player player) {
        Part theirs = Part.own(player.user());
        if (!Carrying.hasRoomFor(call.scene(), theirs, item)) {
            return reply(call, "recipient_full", item, player).decide();
        }
        Draft draft = call.draft().remove(item).add(theirs, Carrying.INVENTORY, item.content());
        return reply(call, "success", item, player)
                .understood("recipient", ArgumentNames.TARGET_USER, player.id())
                .fact(ArgumentNames.TARGET_USER, Json.of(player.id()))
                .changes(draft)
                .decide();
    }

    private static Reply reply(Call call, String code, Thing item, Named recipient) {
        return call.reply(code).thing("item", item).value("recipient", recipient.label());
    }
}
