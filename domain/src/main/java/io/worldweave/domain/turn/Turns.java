package io.worldweave.domain.turn;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.command.CommandSchemas;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.command.Sight;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.play.Acted;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.play.Talks;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of this node, each with its running or last turn.
 *
 * <p>Thread-safe. {@link #begin}, {@link #find} and {@link Begun.Running#work} block while the
 * store or other nodes answer; nothing else does.
 */
public final class Turns {
    /** So often conversations are looked at that may be forgotten. */
    private static final Duration TENDING = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(Turns.class.getName());

    private final Players players;
    private final Cast cast;
    private final BriefRule rule;
    private final TurnCounters counters = new TurnCounters();
    private final Scheduler scheduler;
    private final TurnLimits limits;
    private final Supplier<ConversationId> newId;
    private final Conversations conversations;
    private final Relay relay;
    private final ReentrantLock beginning = new ReentrantLock();
    private volatile boolean stopped;

    /** What came of a message. */
    public sealed interface Begun {
        /**
         * A turn has begun, and its first event waits for viewers.
         *
         * @param work runs the command and lets the narrator begin; to be run once, by the caller
         */
        record Running(Turn turn, Runnable work) implements Begun {}

        /** A turn of that conversation of the same user is running. */
        record InProgress(Turn turn) implements Begun {}

        /** The conversation is somebody else's. */
        record NotYours() implements Begun {}

        /** The user, or this node, has as many as it may. */
        record TooMany(String reason) implements Begun {}
    }

    /** What is found under a conversation's id. */
    public sealed interface Found {
        record Latest(Turn turn) implements Found {}

        /** No such conversation is known, or it ended too long ago. */
        record Unknown() implements Found {}

        record NotYours() implements Found {}
    }

    /** Begins without conversations, on a node without others. */
    public Turns(
            Players players,
            Cast cast,
            BriefRule rule,
            Scheduler scheduler,
            TurnLimits limits,
            Supplier<ConversationId> newId) {
        this(players, cast, rule, scheduler, limits, newId, Relay.alone(scheduler));
    }

    /**
     * Begins without conversations.
     *
     * @param newId gives ids that nobody can guess and that do not repeat
     * @param relay brings the turns of other nodes, and takes these to them
     */
    public Turns(
            Players players,
            Cast cast,
            BriefRule rule,
            Scheduler scheduler,
            TurnLimits limits,
            Supplier<ConversationId> newId,
            Relay relay) {
        this.relay = relay;
        this.players = players;
        this.cast = cast;
        this.rule = rule;
        this.scheduler = scheduler;
        this.limits = limits;
        this.newId = newId;
        this.conversations = new Conversations(limits, relay::forget);
        tendLater();
    }

    /**
     * Begins a turn.
     *
     * @param conversation the one to go on with, or null for a new one
     */
    public Begun begin(
            Experience experience,
            Identity player,
            @Nullable ConversationId conversation,
            Request.Spoken message) {
        LiveWorld world = players.enter(experience, player.user());
        Tier tier = rule.tierOf(players.actionOf(experience, message));
        Found elsewhere =
                conversation == null || conversations.find(conversation) != null
                        ? new Found.Unknown()
                        : relay.seek(conversation, player.user(), limits);
        if (elsewhere instanceof Found.NotYours) {
            return new Begun.NotYours();
        }
        beginning.lock();
        try {
            ConversationId id = conversation == null ? newId.get() : conversation;
            Turn here = conversations.find(id);
            Turn before =
                    here == null && elsewhere instanceof Found.Latest(Turn there) ? there : here;
            if (before != null && !before.owner().equals(player.user())) {
                return new Begun.NotYours();
            }
            if (before != null && !before.isOver()) {
                return new Begun.InProgress(before);
            }
            String tooMany = tooMany(player.user(), here == null);
            if (tooMany != null) {
                return new Begun.TooMany(tooMany);
            }
            TurnPosition first = new TurnPosition(id, numberAfter(before), 0);
            String model = cast.narrator().model(tier);
            Turn turn = new Turn(first, player.user(), world, scheduler, limits, model);
            conversations.put(turn);
            relay.share(turn, () -> supersede(turn));
            return new Begun.Running(turn, () -> run(turn, experience, player, message, tier));
        } finally {
            beginning.unlock();
        }
    }

    /**
     * Returns the running or last turn of a conversation of that user, on whichever node it is.
     * Blocks while other nodes may answer, if this one has none.
     */
    public Found find(ConversationId conversation, UserId user) {
        Turn turn = conversations.find(conversation);
        if (turn == null) {
            return relay.seek(conversation, user, limits);
        }
        return turn.owner().equals(user) ? new Found.Latest(turn) : new Found.NotYours();
    }

    public TurnCounters counters() {
        return counters;
    }

    /** Returns how many turns run. */
    public long runningCount() {
        return conversations.running().size();
    }

    /** Ends every running turn, as at the end of the service. */
    public void stopAll() {
        stopped = true;
        conversations.running().forEach(Turn::interrupt);
    }

    /** Another node has a later turn of the conversation: it is the one to be found. */
    private void supersede(Turn turn) {
        if (turn.isOver()) {
            conversations.remove(turn);
        }
    }

    private void run(
            Turn turn, Experience experience, Identity player, Request.Spoken message, Tier tier) {
        try {
            Acted acted = players.act(experience, player, message);
            if (acted.result().isTooSoon()) {
                turn.fail(ActionResult.TOO_MANY_REQUESTS, acted.result().message());
                return;
            }
            if (acted.result().understood()) {
                turn.ran(new TurnEvent.ToolUse(acted.result()), acted.revision());
            }
            WorldState state = acted.world().head();
            Brief brief = brief(experience, player, message, acted, tier, recall(turn));
            turn.whenOver(() -> remember(turn, message.message()));
            Scene scene =
                    new Scene(experience, player, message.message(), acted.result(), state, brief);
            new Narrating(turn, stage(), scene).begin();
        } catch (StoreUnavailableException failure) {
            turn.fail("store_unavailable", "the world cannot be changed right now; try again");
        } catch (RuntimeException | Error failure) {
            turn.fail("internal", "the turn failed");
            throw failure;
        }
    }

    private Narrating.Stage stage() {
        return new Narrating.Stage(cast, players, counters, rule.viewCharacters());
    }

    /** Returns the last of what was said before, as much as the rule allows. */
    private List<Brief.Exchange> recall(Turn turn) {
        Talks talks = cast.talks();
        if (talks == null || rule.conversationTokens() == 0) {
            return List.of();
        }
        List<Brief.Exchange> told = new ArrayList<>();
        int left = rule.conversationCharacters();
        for (Talks.Talk talk : kept(talks, turn).reversed()) {
            left -= talk.message().length() + talk.answer().length();
            if (left < 0) {
                break;
            }
            told.addFirst(new Brief.Exchange(talk.message(), talk.answer()));
        }
        return told;
    }

    /** Returns what is kept of a conversation; nothing if the store does not give it now. */
    private static List<Talks.Talk> kept(Talks talks, Turn turn) {
        try {
            return talks.of(turn.owner(), turn.conversation().value());
        } catch (StoreUnavailableException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a turn goes on without the conversation so far: {0}",
                    failure.getMessage());
            return List.of();
        }
    }

    /** Keeps what was said. At the end of the service there is no later. */
    private void remember(Turn turn, String message) {
        if (cast.talks() == null || turn.log().text().isBlank()) {
            return;
        }
        if (stopped) {
            keep(turn, message);
        } else {
            scheduler.after(Duration.ZERO, () -> keep(turn, message));
        }
    }

    private void keep(Turn turn, String message) {
        Talks talks = cast.talks();
        String text = turn.log().text();
        if (talks == null) {
            return;
        }
        try {
            talks.keep(
                    turn.owner(),
                    turn.conversation().value(),
                    turn.number(),
                    new Talks.Talk(message, text));
        } catch (StoreUnavailableException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "what was said in " + turn.conversation() + " is not kept",
                    failure);
        }
    }

    private Brief brief(
            Experience experience,
            Identity player,
            Request.Spoken message,
            Acted acted,
            Tier tier,
            List<Brief.Exchange> conversation) {
        Sight sight =
                Sight.of(
                        experience,
                        acted.world().head(),
                        player,
                        message.message(),
                        rule.viewCharacters());
        return new Brief(
                tier,
                Effect.of(acted.changes(), player.user(), rule.viewCharacters() / 4),
                sight.facts(),
                sight.personas(),
                conversation,
                acted.result().understood() ? List.of() : CommandSchemas.tools(experience),
                List.of(),
                cast.limits().rounds() == 1);
    }

    private long numberAfter(@Nullable Turn before) {
        long now = scheduler.unixMillis();
        return before == null ? now : Math.max(now, before.number() + 1);
    }

    private @Nullable String tooMany(UserId user, boolean another) {
        if (conversations.runningOf(user) >= limits.runningPerUser()) {
            return "a user has at most " + limits.runningPerUser() + " turns running";
        }
        return another && !conversations.makeRoom(user)
                ? "all the conversations that are kept have a turn running"
                : null;
    }

    private void tendLater() {
        scheduler.after(TENDING, this::tend);
    }

    private void tend() {
        if (!stopped) {
            tendLater();
            conversations.forget(scheduler.nanoTime());
        }
    }
}
