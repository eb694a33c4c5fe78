package io.worldweave.filestore.crash;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Somebody alone in a world, who takes one numbered step after another: a commit, a new beginning,
 * or letting go of the world and opening it again. Beside it worlds are taken over from elsewhere.
 * Before and after each step it says where it is.
 *
 * <p>Not thread-safe: of one thread.
 */
final class Steps {
    static final WorldId WORLD = new WorldId.Shared(new ExperienceId("meadow"));

    private static final UserId WALKER = new UserId("walker");

    private final WorldStore store;
    private final String run;
    private final Consumer<String> say;

    Steps(WorldStore store, String run, Consumer<String> say) {
        this.store = store;
        this.run = run;
        this.say = say;
    }

    /** Returns which step a world has reached. */
    static long step(WorldState state) {
        return state.shared().content().get("step") instanceof JsonNumber number
                ? number.value().longValueExact()
                : 0;
    }

    /** Returns a world that is taken over in that run. */
    static WorldId adopted(String run) {
        return new WorldId.Shared(new ExperienceId("from-" + run));
    }

    /** Returns the history of a world that is taken over. */
    static History history() {
        return new History(WorldState.initial("elsewhere", JsonObject.EMPTY), List.of(delta(0, 1)));
    }

    void go(Random random, int count) {
        say.accept("adopts");
        store.adopt(adopted(run), history());
        say.accept("adopted");
        WorldState state = open();
        for (int i = 0; i < count; i++) {
            long step = step(state) + 1;
            say.accept("steps " + step);
            Position base = state.position();
            Outcome outcome =
                    random.nextInt(4) == 0
                            ? store.restart(WORLD, base, begin(step))
                            : store.commit(WORLD, base, List.of(delta(base.revision(), step)));
            Position reached = ((Outcome.Committed) outcome).position();
            say.accept("stepped " + step + " " + reached.epoch() + " " + reached.revision());
            if (random.nextInt(4) == 0) {
                store.release(WORLD);
            }
            state = open();
        }
    }

    private WorldState open() {
        return store.open(WORLD, () -> JsonObject.EMPTY).head();
    }

    private static WorldState begin(long step) {
        return WorldState.initial("any", JsonObject.of("step", Json.of(step)));
    }

    private static Delta delta(long base, long step) {
        List<Change> changes =
                List.of(
                        new Change.Add(Part.SHARED, Pointer.of("step"), Json.of(step)),
                        new Change.Add(Part.own(WALKER), Pointer.ROOT, JsonObject.EMPTY));
        return new Delta(base, new Actor.Service("steps"), "step", base, changes);
    }
}
