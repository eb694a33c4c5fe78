package io.worldweave.domain.play;

import io.worldweave.domain.author.Authors;
import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Decision;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Seeds;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.Commitment;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.MergeForm;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets players enter worlds and act there.
 *
 * <p>Thread-safe. Methods block until the store answers and throw {@link
 * io.worldweave.domain.store.StoreUnavailableException} when it does not.
 */
public final class Players {
    private final Worlds worlds;
    private final Commands commands;
    private final Authors authors;
    private final Predicate<UserId> pace;

    /**
     * Makes a place where players enter.
     *
     * @param authors sees to it that a world that is entered shows what they wrote last
     * @param pace counts one more request of the player's; false if it comes too soon
     */
    public Players(Worlds worlds, Commands commands, Authors authors, Predicate<UserId> pace) {
        this.worlds = worlds;
        this.commands = commands;
        this.authors = authors;
        this.pace = pace;
    }

    /** The same where nobody wants to know what authors' edits come to, and all may hurry. */
    public Players(Worlds worlds, Commands commands) {
        this(worlds, commands, new Authors(worlds, (_, _, _) -> {}), _ -> true);
    }

    /**
     * Returns the world in which the user plays this experience, with a part of the user's own in
     * it.
     */
    public LiveWorld enter(Experience experience, UserId user) {
        LiveWorld world = world(experience, user);
        if (world.head().own(user) == null) {
            worlds.commit(world, Actor.of(user), state -> entering(experience, user, state));
        }
        return world;
    }

    /**
     * Returns the world in which the user plays this experience, whether the user has entered it or
     * not.
     */
    public LiveWorld world(Experience experience, UserId user) {
        return authors.open(experience, experience.worldOf(user));
    }

    /**
     * Returns the world in which the user plays this experience, or null if it would be the user's
     * own and there is none yet.
     */
    public @Nullable LiveWorld find(Experience experience, UserId user) {
        WorldId id = experience.worldOf(user);
        return id instanceof WorldId.Isolated
                ? authors.find(experience, id)
                : world(experience, user);
    }

    /**
     * Returns the user's profile, which spans experiences, as the shared document of a world of its
     * own.
     */
    public LiveWorld profile(UserId user) {
        return worlds.open(
                new WorldId.Profile(user), () -> JsonObject.of("user_id", Json.of(user.value())));
    }

    /** Returns the action that the request asks for, or null if it is not understood. */
    public @Nullable String actionOf(Experience experience, Request request) {
        return commands.actionOf(experience, request);
    }

    /** Decides what comes of the player's request and commits it, unless it comes too soon. */
    public Acted act(Experience experience, Identity player, Request request) {
        LiveWorld world = enter(experience, player.user());
        if (!pace.test(player.user())) {
            return tooSoon(world, actionOf(experience, request));
        }
        return acted(
                world,
                player.user(),
                worlds.commit(
                        world,
                        Actor.of(player.user()),
                        state ->
                                proposal(
                                        commands.decide(experience, state, player, request),
                                        null)));
    }

    /** Acts as {@link #act} does, unless that was done before. */
    public Answered<Acted> actOnce(
            Experience experience, Identity player, Request request, Keyed<Acted> keyed) {
        LiveWorld world = enter(experience, player.user());
        if (!pace.test(player.user())) {
            return new Answered.First<>(tooSoon(world, actionOf(experience, request)));
        }
        return keyed.answered(
                worlds.commitOnce(
                        world,
                        Actor.of(player.user()),
                        keyed.key(),
                        state -> {
                            Decision decision = commands.decide(experience, state, player, request);
                            Acted expected =
                                    new Acted(decision.result(), world, state.revision() + 1);
                            return proposal(decision, keyed.receipt(expected));
                        }),
                commitment -> acted(world, player.user(), commitment));
    }

    private static Acted tooSoon(LiveWorld world, @Nullable String action) {
        ActionResult refusal =
                ActionResult.refusal(
                        Objects.requireNonNullElse(action, ""),
                        ActionResult.TOO_MANY_REQUESTS,
                        "That is too much at once. Wait a moment and do it again.");
        return new Acted(refusal, world, world.head().revision());
    }

    private Acted acted(LiveWorld world, UserId player, Commitment<Decision> commitment) {
        return switch (commitment) {
            case Commitment.Made<Decision>(Decision decision, var position) -> {
                keep(player, decision.profile());
                yield new Acted(decision.result(), world, position.revision(), decision.changes());
            }
            case Commitment.Refused<Decision>(Rejection rejection) ->
                    new Acted(refusal(rejection), world, world.head().revision(), List.of());
        };
    }

    private static Proposal<String> entering(Experience experience, UserId user, WorldState state) {
        List<Change> changes =
                state.own(user) != null
                        ? List.of()
                        : List.of(
                                new Change.Add(
                                        Part.own(user), Pointer.ROOT, Seeds.player(experience)));
        return new Proposal<>(changes, "enter", "entered");
    }

    private static Proposal<Decision> proposal(Decision decision, @Nullable Receipt receipt) {
        return new Proposal<>(
                decision.changes(), "command:" + decision.result().action(), decision, receipt);
    }

    private static ActionResult refusal(Rejection rejection) {
        return ActionResult.refusal("", "rejected", rejection.reason());
    }

    /** Merges what is to be kept across experiences into the profile. */
    private void keep(UserId user, JsonObject members) {
        if (members.isEmpty()) {
            return;
        }
        worlds.commit(
                profile(user),
                Actor.of(user),
                state ->
                        switch (MergeForm.changes(Part.SHARED, state.shared().content(), members)) {
                            case Edit.Applied<List<Change>>(List<Change> changes) ->
                                    new Proposal<>(changes, "quest", members);
                            case Edit.Refused<List<Change>> _ ->
                                    new Proposal<>(List.of(), "quest", members);
                        });
    }
}
