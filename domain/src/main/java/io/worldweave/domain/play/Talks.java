package io.worldweave.domain.play;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What was said in a player's conversations, kept in the player's own small world, the profile: so
 * it is durable, known on every node, and nobody else's.
 *
 * <p>Thread-safe. Methods block until the store answers and throw {@link
 * io.worldweave.domain.store.StoreUnavailableException} when it does not.
 */
public final class Talks {
    static final String MEMBER = "conversations";
    private static final String MESSAGE = "message";
    private static final String ANSWER = "answer";
    private static final Pointer ROOT = Pointer.ROOT.child(MEMBER);

    private final Worlds worlds;
    private final Limits limits;

    /**
     * How much is kept; what is older makes room.
     *
     * @param conversations so many of one player
     * @param turns so many of a conversation
     * @param messageText so many characters of a message; the rest is cut off
     * @param answerText so many of an answer
     */
    public record Limits(int conversations, int turns, int messageText, int answerText) {
        public static final Limits DEFAULT = new Limits(10, 20, 1_000, 4_000);

        public Limits {
            if (conversations < 1 || turns < 1 || messageText < 1 || answerText < 1) {
                throw new IllegalArgumentException("limits of conversations are positive numbers");
            }
        }
    }

    /** A message of the player, and what answered it. */
    public record Talk(String message, String answer) {}

    public Talks(Worlds worlds, Limits limits) {
        this.worlds = worlds;
        this.limits = limits;
    }

    /** Returns what was said in a conversation, the oldest first; nothing if none is kept. */
    public List<Talk> of(UserId user, String conversation) {
        LiveWorld profile = worlds.find(new WorldId.Profile(user));
        if (profile == null) {
            return List.of();
        }
        JsonObject turns = profile.head().shared().content().object(MEMBER).object(conversation);
        return inOrder(turns).stream()
                .map(turn -> turns.object(turn))
                .map(talk -> new Talk(talk.text(MESSAGE, ""), talk.text(ANSWER, "")))
                .toList();
    }

    /**
     * Keeps one more turn.
     *
     * @param number of the turn; later ones have larger numbers, in all conversations of a player
     */
    public void keep(UserId user, String conversation, long number, Talk talk) {
        JsonObject kept =
                JsonObject.of(
                        MESSAGE,
                        Json.of(cut(talk.message(), limits.messageText())),
                        ANSWER,
                        Json.of(cut(talk.answer(), limits.answerText())));
        LiveWorld profile =
                worlds.open(
                        new WorldId.Profile(user),
                        () -> JsonObject.of("user_id", Json.of(user.value())));
        worlds.commit(
                profile,
                Actor.of(user),
                state ->
                        new Proposal<>(
                                changes(
                                        state.shared().content(),
                                        conversation,
                                        Long.toString(number),
                                        kept),
                                "conversation",
                                number));
    }

    private List<Change> changes(
            JsonObject profile, String conversation, String turn, JsonObject kept) {
        List<Change> changes = new ArrayList<>();
        if (!(profile.get(MEMBER) instanceof JsonObject)) {
            changes.add(new Change.Add(Part.SHARED, ROOT, JsonObject.EMPTY));
        }
        JsonObject all = profile.object(MEMBER);
        JsonObject turns = all.object(conversation);
        if (turns.isEmpty()) {
            forgetOldest(all, changes);
            changes.add(
                    new Change.Add(
                            Part.SHARED, ROOT.child(conversation), JsonObject.of(turn, kept)));
            return changes;
        }
        List<String> order = inOrder(turns);
        for (String old : order.subList(0, Math.max(0, order.size() + 1 - limits.turns()))) {
            changes.add(new Change.Remove(Part.SHARED, ROOT.child(conversation).child(old)));
        }
        changes.add(new Change.Add(Part.SHARED, ROOT.child(conversation).child(turn), kept));
        return changes;
    }

    private void forgetOldest(JsonObject all, List<Change> changes) {
        List<String> byLastTurn =
                all.names().stream()
                        .sorted(Comparator.comparingLong(name -> lastTurn(all.object(name))))
                        .toList();
        int tooMany = Math.max(0, byLastTurn.size() + 1 - limits.conversations());
        for (String old : byLastTurn.subList(0, tooMany)) {
            changes.add(new Change.Remove(Part.SHARED, ROOT.child(old)));
        }
    }

    private static long lastTurn(JsonObject turns) {
        List<String> order = inOrder(turns);
        return order.isEmpty() ? 0 : number(order.getLast());
    }

    private static List<String> inOrder(JsonObject turns) {
        return turns.names().stream().sorted(Comparator.comparingLong(Talks::number)).toList();
    }

    /** What somebody else wrote there counts as the oldest. */
    private static long number(String turn) {
        return turn.matches("\\d{1,18}") ? Long.parseLong(turn) : 0;
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        boolean halves = Character.isHighSurrogate(text.charAt(limit - 1));
        return text.substring(0, halves ? limit - 1 : limit) + "…";
    }
}
