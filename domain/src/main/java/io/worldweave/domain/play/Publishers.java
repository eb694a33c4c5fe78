package io.worldweave.domain.play;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Seeds;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.Commitment;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.patch.Patch;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Difference;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.MergeForm;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets game servers and tools write to the shared document of a world.
 *
 * <p>An update that would leave places or things in another form than commands rely on is refused,
 * and so is a new item or NPC of an id that the world has already.
 *
 * <p>Thread-safe. Methods block until the store answers and throw {@link
 * io.worldweave.domain.store.StoreUnavailableException} when it does not.
 */
public final class Publishers {
    /** What the service writes about a world, and nobody else. */
    static final String METADATA = "metadata";

    private static final Pointer RESERVED = Pointer.of(METADATA);

    private static final String CAUSE = "update";

    /** Who makes the changes to the state on which their outcome is looked at. */
    private static final Actor TRIAL = new Actor.Service(CAUSE);

    private final Worlds worlds;

    public Publishers(Worlds worlds) {
        this.worlds = worlds;
    }

    /** Commits what comes of the update, if it changes anything. */
    public Published publish(Writing writing, Update update) {
        return outcome(
                worlds.commit(
                        writing.world(),
                        Actor.of(writing.publisher()),
                        state -> proposal(writing, state, update, null)));
    }

    /** Publishes as {@link #publish} does, unless that was done before. */
    public Answered<Published> publishOnce(
            Writing writing, Update update, Keyed<Published> request) {
        return request.answered(
                worlds.commitOnce(
                        writing.world(),
                        Actor.of(writing.publisher()),
                        request.key(),
                        state -> proposal(writing, state, update, request)),
                Publishers::outcome);
    }

    private static Published outcome(Commitment<Published> commitment) {
        return switch (commitment) {
            case Commitment.Made<Published>(Published published, var _) -> published;
            case Commitment.Refused<Published>(Rejection rejection) ->
                    new Published.Refused(rejection);
        };
    }

    private static Proposal<Published> proposal(
            Writing writing, WorldState state, Update update, @Nullable Keyed<Published> request) {
        if (!writing.condition().test(state)) {
            return nothing(new Published.Outdated());
        }
        return switch (changes(writing.experience(), state.shared().content(), update)) {
            case Edit.Applied<List<Change>>(List<Change> changes) ->
                    proposal(writing.experience(), state, changes, request);
            case Edit.Refused<List<Change>>(Rejection rejection) ->
                    nothing(new Published.Refused(rejection));
        };
    }

    private static Proposal<Published> proposal(
            Experience experience,
            WorldState state,
            List<Change> changes,
            @Nullable Keyed<Published> request) {
        Position now = state.position();
        if (changes.isEmpty()) {
            Position document = now.at(state.shared().revision());
            return nothing(new Published.Done(now, document, false));
        }
        return switch (tried(state, changes)) {
            case Edit.Refused<WorldState>(Rejection rejection) ->
                    nothing(new Published.Refused(rejection));
            case Edit.Applied<WorldState>(WorldState after) -> {
                Published refusal = refusal(experience, state, after, changes);
                if (refusal != null) {
                    yield nothing(refusal);
                }
                Published done = new Published.Done(after.position(), after.position(), true);
                yield new Proposal<>(
                        changes, CAUSE, done, request == null ? null : request.receipt(done));
            }
        };
    }

    private static Edit<WorldState> tried(WorldState state, List<Change> changes) {
        return state.apply(new Delta(state.revision(), TRIAL, CAUSE, 0, changes));
    }

    /** Returns why the changes are none that a world may be given; null if they are. */
    static @Nullable Rejection breach(
            Experience experience, WorldState state, List<Change> changes) {
        return switch (tried(state, changes)) {
            case Edit.Refused<WorldState>(Rejection rejection) -> rejection;
            case Edit.Applied<WorldState>(WorldState after) ->
                    switch (refusal(experience, state, after, changes)) {
                        case Published.Refused(Rejection rejection) -> rejection;
                        case Published.Reserved(Pointer pointer) ->
                                new Rejection.WrongKind(pointer, "it belongs to the service");
                        case null, default -> null;
                    };
        };
    }

    private static @Nullable Published refusal(
            Experience experience, WorldState before, WorldState after, List<Change> changes) {
        Json was = before.shared().content().get(METADATA);
        if (!Objects.equals(was, after.shared().content().get(METADATA))) {
            return new Published.Reserved(RESERVED);
        }
        Rejection breach = WorldShape.breach(experience, before, after, changes);
        if (breach == null) {
            breach = SchemaCheck.breach(experience.schema(), before, after);
        }
        return breach == null ? null : new Published.Refused(breach);
    }

    /** Returns the changes that the update comes to. */
    static Edit<List<Change>> changes(Experience experience, JsonObject document, Update update) {
        return switch (update) {
            case Update.Merged(JsonObject form) ->
                    switch (MergeForm.changes(Part.SHARED, document, form)) {
                        case Edit.Applied<List<Change>>(List<Change> changes) ->
                                new Edit.Applied<>(
                                        changes.stream()
                                                .map(change -> filled(experience, change))
                                                .toList());
                        case Edit.Refused<List<Change>> refused -> refused;
                    };
            case Update.Patched(Patch patch) ->
                    switch (patch.apply(document)) {
                        case Edit.Applied<Json>(JsonObject after) ->
                                new Edit.Applied<>(Difference.exact(Part.SHARED, document, after));
                        case Edit.Applied<Json> _ ->
                                new Edit.Refused<>(
                                        new Rejection.WrongKind(
                                                Pointer.ROOT, "a document is an object"));
                        case Edit.Refused<Json>(Rejection rejection) ->
                                new Edit.Refused<>(rejection);
                    };
        };
    }

    private static Change filled(Experience experience, Change change) {
        return change instanceof Change.Add(var part, var pointer, JsonObject item)
                        && item.text("template_id") != null
                        && item.text(JsonObject.INSTANCE_ID) != null
                ? new Change.Add(part, pointer, Seeds.item(experience, item))
                : change;
    }

    private static Proposal<Published> nothing(Published published) {
        return new Proposal<>(List.of(), CAUSE, published);
    }
}
