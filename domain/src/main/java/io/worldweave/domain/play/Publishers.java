package io.worldweave.domain.play;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Seeds;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.Commitment;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.MergeForm;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets game servers and tools write to the shared document of a world.
 *
 * <p>Thread-safe. Methods block until the store answers and throw {@link
 * io.worldweave.domain.store.StoreUnavailableException} when it does not.
 */
public final class Publishers {
    /** What the service writes about a world, and nobody else. */
    private static final Pointer RESERVED = Pointer.of("metadata");

    private static final String CAUSE = "update";

    /** Who makes the changes to the state on which their outcome is looked at. */
    private static final Actor TRIAL = new Actor.Service(CAUSE);

    private final Worlds worlds;

    public Publishers(Worlds worlds) {
        this.worlds = worlds;
    }

    /** What was decided on a state, to be told once it is durable. */
    private sealed interface Verdict {
        record Apply(boolean changes) implements Verdict {}

        record Outdated() implements Verdict {}

        record Refuse(Rejection rejection) implements Verdict {}

        record Reserve(Pointer pointer) implements Verdict {}
    }

    /**
     * Merges {@code update} in, in the merge form. An item that it adds gets what its template
     * gives. One that would leave places or things in another form than commands rely on is
     * refused, and so is a new item or NPC of an id that the world has already.
     *
     * @param condition what the world must be like; asked of the state that the update is applied
     *     to, maybe more than once and on another thread
     */
    public Published publish(
            Experience experience,
            LiveWorld world,
            UserId publisher,
            JsonObject update,
            Predicate<WorldState> condition) {
        Commitment<Verdict> commitment =
                worlds.commit(
                        world,
                        Actor.of(publisher),
                        state ->
                                condition.test(state)
                                        ? proposal(experience, state, update)
                                        : nothing(new Verdict.Outdated()));
        return switch (commitment) {
            case Commitment.Made<Verdict>(Verdict verdict, var position) ->
                    switch (verdict) {
                        case Verdict.Apply(boolean changes) ->
                                new Published.Done(position, changes);
                        case Verdict.Outdated() -> new Published.Outdated();
                        case Verdict.Refuse(Rejection rejection) ->
                                new Published.Refused(rejection);
                        case Verdict.Reserve(Pointer pointer) -> new Published.Reserved(pointer);
                    };
            case Commitment.Refused<Verdict>(Rejection rejection) ->
                    new Published.Refused(rejection);
        };
    }

    private static Proposal<Verdict> proposal(
            Experience experience, WorldState state, JsonObject update) {
        return switch (MergeForm.changes(Part.SHARED, state.shared().content(), update)) {
            case Edit.Applied<List<Change>>(List<Change> changes) ->
                    proposal(experience, state, changes);
            case Edit.Refused<List<Change>>(Rejection rejection) ->
                    nothing(new Verdict.Refuse(rejection));
        };
    }

    private static Proposal<Verdict> proposal(
            Experience experience, WorldState state, List<Change> changes) {
        for (Change change : changes) {
            if (RESERVED.covers(change.pointer()) || change.pointer().isRoot()) {
                return nothing(new Verdict.Reserve(change.pointer()));
            }
        }
        List<Change> filled = changes.stream().map(change -> filled(experience, change)).toList();
        Rejection breach = filled.isEmpty() ? null : breach(experience, state, filled);
        return breach == null
                ? new Proposal<>(filled, CAUSE, new Verdict.Apply(!filled.isEmpty()))
                : nothing(new Verdict.Refuse(breach));
    }

    private static @Nullable Rejection breach(
            Experience experience, WorldState state, List<Change> changes) {
        Delta tried = new Delta(state.revision(), TRIAL, CAUSE, 0, changes);
        return switch (state.apply(tried)) {
            case Edit.Applied<WorldState>(WorldState after) ->
                    WorldShape.breach(experience, state, after, changes);
            case Edit.Refused<WorldState>(Rejection rejection) -> rejection;
        };
    }

    private static Change filled(Experience experience, Change change) {
        return change instanceof Change.Add(var part, var pointer, JsonObject item)
                        && item.text("template_id") != null
                        && item.text(JsonObject.INSTANCE_ID) != null
                ? new Change.Add(part, pointer, Seeds.item(experience, item))
                : change;
    }

    private static Proposal<Verdict> nothing(Verdict verdict) {
        return new Proposal<>(List.of(), CAUSE, verdict);
    }
}
