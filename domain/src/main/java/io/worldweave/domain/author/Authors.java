package io.worldweave.domain.author;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.Commitment;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Difference;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Brings what authors write into the worlds that are being played.
 *
 * <p>A world remembers what its authors had written when it was last merged; that it does so
 * changes nothing that anybody sees. So an edit counts once, whichever node and whichever start of
 * the service comes upon it.
 *
 * <p>Thread-safe. Methods block until the store answers and throw {@link
 * io.worldweave.domain.store.StoreUnavailableException} when it does not.
 */
public final class Authors {
    private static final String CAUSE = "author";
    private static final Actor ACTOR = new Actor.Service(CAUSE);

    /** A document of which more differs is put as a whole. */
    private static final int SHARED_LIMIT = 4_000;

    private static final int OWN_LIMIT = 100;

    /** With so many changes to players' parts, those of further players wait for another commit. */
    private static final int OWN_TOTAL_LIMIT = 1_500;

    private final Worlds worlds;
    private final UnaryOperator<Experience> latest;
    private final Listener listener;

    /** Told what came of edits. */
    @FunctionalInterface
    public interface Listener {
        /** An edit was merged into a world, or could not be; called once for each world. */
        void merged(Experience experience, WorldId world, Merge merge);
    }

    /** Makes authors whose every version of an experience is the latest when it is merged. */
    public Authors(Worlds worlds, Listener listener) {
        this(worlds, UnaryOperator.identity(), listener);
    }

    /**
     * @param latest gives the version of an experience that counts now, which is not to block:
     *     whoever comes with an earlier one, found just before, must not take an edit back
     */
    public Authors(Worlds worlds, UnaryOperator<Experience> latest, Listener listener) {
        this.worlds = worlds;
        this.latest = latest;
        this.listener = listener;
    }

    /** Opens a world of the experience, with what the authors have written by now. */
    public LiveWorld open(Experience experience, WorldId id) {
        LiveWorld world = worlds.open(id, () -> Authored.beginning(experience).shared().content());
        merge(experience, world);
        return world;
    }

    /** Returns the same, or null if there is no such world: it makes none. */
    public @Nullable LiveWorld find(Experience experience, WorldId id) {
        LiveWorld world = worlds.find(id);
        if (world != null) {
            merge(experience, world);
        }
        return world;
    }

    /** Returns the worlds of the experience that are at work on this node. */
    public List<LiveWorld> worldsOf(ExperienceId experience) {
        return worlds.atWork().stream()
                .filter(world ->
                        switch (world.id()) {
                            case WorldId.Shared(var of) -> of.equals(experience);
                            case WorldId.Isolated(var of, var _) -> of.equals(experience);
                            case WorldId.Profile _ -> false;
                        })
                .toList();
    }

    /** Merges what the authors have written into the world, unless it shows it already. */
    public void merge(Experience experience, LiveWorld world) {
        if (world.isKnownToShow(experience) || isOutdated(experience)) {
            return;
        }
        Authored mine = Authored.of(experience);
        JsonObject document = mine.document();
        Document known = world.head().authored();
        if (known == null || !known.content().equals(document)) {
            merge(experience, world, mine, document);
        }
        world.shows(experience);
    }

    private void merge(Experience experience, LiveWorld world, Authored mine, JsonObject document) {
        List<Change> changes = new ArrayList<>();
        while (true) {
            switch (worlds.commit(
                    world, ACTOR, state -> proposal(experience, state, mine, document))) {
                case Commitment.Made<Step>(Step step, var position) -> {
                    changes.addAll(step.changes());
                    if (step.isLast()) {
                        Merge merge = step.merge(position, changes);
                        if (merge.isNews()) {
                            listener.merged(experience, world.id(), merge);
                        }
                        return;
                    }
                }
                case Commitment.Refused<Step>(Rejection rejection) -> {
                    listener.merged(experience, world.id(), new Merge.Refused(rejection));
                    return;
                }
            }
        }
    }

    /**
     * One commit of a merge.
     *
     * @param changes that somebody may see
     */
    private record Step(
            List<Change> changes, List<Collision> collisions, int collisionCount, boolean isLast) {
        Merge.Made merge(Position position, List<Change> all) {
            return new Merge.Made(position, all, collisions, collisionCount);
        }
    }

    @SuppressWarnings("ReferenceEquality") // one that was read again is another version
    private boolean isOutdated(Experience experience) {
        return latest.apply(experience) != experience;
    }

    /** Decided in the order of commits: a later version that was merged before is known here. */
    private Proposal<Step> proposal(
            Experience experience, WorldState state, Authored mine, JsonObject document) {
        return isOutdated(experience)
                ? proposal(List.of(), List.of(), new Step(List.of(), List.of(), 0, true))
                : proposal(state, mine, document);
    }

    private static Proposal<Step> proposal(WorldState state, Authored mine, JsonObject document) {
        Document known = state.authored();
        if (known == null) {
            return first(state, mine, document);
        }
        if (known.content().equals(document)) {
            return proposal(List.of(), List.of(), new Step(List.of(), List.of(), 0, true));
        }
        WorldMerge.Merged merged = WorldMerge.of(Authored.read(known.content()), mine, state);
        List<Change> shared = new ArrayList<>();
        List<Change> own = new ArrayList<>();
        for (Map.Entry<Part, JsonObject> entry : merged.documents().entrySet()) {
            boolean isShared = entry.getKey() instanceof Part.Shared;
            (isShared ? shared : own)
                    .addAll(
                            changes(
                                    state,
                                    entry.getKey(),
                                    entry.getValue(),
                                    isShared ? SHARED_LIMIT : OWN_LIMIT));
            if (own.size() >= OWN_TOTAL_LIMIT) {
                // made before the rest, and found to be made when the rest is
                return proposal(own, List.of(), new Step(own, List.of(), 0, false));
            }
        }
        shared.addAll(own);
        return proposal(
                shared,
                Difference.of(Part.AUTHORED, known.content(), document, SHARED_LIMIT),
                new Step(shared, merged.collisions(), merged.collisionCount(), true));
    }

    /**
     * A world in which nothing was done yet begins anew; in another the authors' next edit counts.
     */
    private static Proposal<Step> first(WorldState state, Authored mine, JsonObject document) {
        List<Change> changes =
                state.revision() == 0
                        ? changes(state, Part.SHARED, mine.completed(), SHARED_LIMIT)
                        : List.of();
        return proposal(
                changes,
                List.of(new Change.Add(Part.AUTHORED, Pointer.ROOT, document)),
                new Step(changes, List.of(), 0, true));
    }

    private static Proposal<Step> proposal(List<Change> seen, List<Change> unseen, Step step) {
        List<Change> all = new ArrayList<>(seen);
        all.addAll(unseen);
        return new Proposal<>(all, CAUSE, step);
    }

    private static List<Change> changes(WorldState state, Part part, JsonObject after, int limit) {
        Document before = state.document(part);
        return before == null ? List.of() : Difference.of(part, before.content(), after, limit);
    }
}
