package io.worldweave.bench.state;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Applies deltas to worlds of different sizes. Each delta takes an item out of its spot into a
 * player's inventory, or puts one back, and changes a member of another item's state. The items are
 * drawn, anew for each batch, from all there are, or from a thousand in all parts of the world:
 * what grows in the first case and not in the second is the waiting for memory that no cache holds.
 *
 * <p>Each sample is a batch, short enough that a busy machine disturbs few of them: read the median
 * (p0.50).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseTransparentHugePages"})
@Warmup(iterations = 3, time = 600, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 600, timeUnit = TimeUnit.MILLISECONDS)
public class StateBenchmark {
    private static final int BATCH = 100;
    private static final int PLAYED = 1_000;
    private static final UserId PLAYER = new UserId("alice");
    private static final Pointer INVENTORY = Pointer.of("inventory");

    private final SplittableRandom random = new SplittableRandom(42);

    @Param({"1000", "10000", "100000"})
    int items;

    @Param Layout layout;

    /** Where deltas happen. */
    public enum Played {
        /** Anywhere. */
        EVERYWHERE,
        /** At a thousand items, however many there are. */
        AT_A_THOUSAND
    }

    @Param Played played;

    private WorldState world;
    private List<Delta> deltas = List.of();

    /** Builds the world. */
    @Setup(Level.Trial)
    public void build() {
        WorldState initial = WorldState.initial("bench", layout.document(items));
        Change arrival =
                new Change.Add(
                        Part.own(PLAYER),
                        Pointer.ROOT,
                        JsonObject.of(
                                "inventory", Json.array(List.of(SampleWorld.item("lantern")))));
        world = applied(initial, delta(initial.revision(), List.of(arrival)));
    }

    /** Draws the deltas. */
    @Setup(Level.Invocation)
    public void draw() {
        List<Delta> drawn = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i += 2) {
            int moved = drawnItem();
            long base = world.revision() + i;
            drawn.add(delta(base, taken(moved)));
            drawn.add(delta(base + 1, dropped(moved)));
        }
        deltas = drawn;
    }

    private int drawnItem() {
        return switch (played) {
            case EVERYWHERE -> random.nextInt(items);
            case AT_A_THOUSAND -> random.nextInt(PLAYED) * (items / PLAYED);
        };
    }

    private List<Change> taken(int item) {
        return List.of(
                new Change.Remove(Part.SHARED, layout.place(item, items)),
                new Change.Add(
                        Part.own(PLAYER),
                        INVENTORY.child(SampleWorld.id(item)),
                        SampleWorld.item(SampleWorld.id(item))),
                glowing(item));
    }

    private List<Change> dropped(int item) {
        return List.of(
                new Change.Remove(Part.own(PLAYER), INVENTORY.child(SampleWorld.id(item))),
                new Change.Add(
                        Part.SHARED,
                        layout.place(item, items),
                        SampleWorld.item(SampleWorld.id(item))),
                glowing(item));
    }

    private Change glowing(int moved) {
        int other = drawnItem();
        while (other == moved) {
            other = drawnItem();
        }
        Pointer place = layout.place(other, items).child("state").child("glowing");
        return new Change.Replace(Part.SHARED, place, Json.of(random.nextBoolean()));
    }

    /** One delta on the state that the one before it left. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public WorldState applyDelta() {
        WorldState state = world;
        for (Delta delta : deltas) {
            state = applied(state, delta);
        }
        return state;
    }

    private static Delta delta(long base, List<Change> changes) {
        return new Delta(base, Actor.of(PLAYER), "command:take", 0, changes);
    }

    private static WorldState applied(WorldState state, Delta delta) {
        return switch (state.apply(delta)) {
            case Edit.Applied<WorldState> applied -> applied.result();
            case Edit.Refused<WorldState> refused ->
                    throw new IllegalStateException(refused.rejection().reason());
        };
    }
}
