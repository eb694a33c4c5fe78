package io.worldweave.bench.state;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * The same work as {@link StateBenchmark} on the worst layout, for each kind of map that the tree
 * could be made of: the bare maps, without pointers, checks and results. Read the median (p0.50).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseTransparentHugePages"})
@Warmup(iterations = 2, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 2, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class StateCandidatesBenchmark {
    private static final int BATCH = 20;
    private static final List<String> INVENTORY = List.of("player", "inventory");

    private final SplittableRandom random = new SplittableRandom(42);
    private final String[] moved = new String[BATCH];
    private final String[] lit = new String[BATCH];

    @Param({"1000", "10000", "100000"})
    int items;

    @Param Candidate candidate;

    private Object world = "";
    private Object thing = "";
    private List<String> spot = List.of();

    /** Builds the world. */
    @Setup(Level.Trial)
    public void build() {
        List<String> place = Layout.ONE.place(0, items).tokens();
        spot = place.subList(0, place.size() - 1);
        JsonObject player = JsonObject.of("inventory", JsonObject.of("lantern", Json.of(true)));
        world = tree(Layout.ONE.document(items).with("player", player));
        thing = tree(SampleWorld.item("thing"));
    }

    private Object tree(Json value) {
        return switch (value) {
            case JsonObject object -> {
                Map<String, Object> map = new LinkedHashMap<>();
                object.forEach((name, member) -> map.put(name, tree(member)));
                yield candidate.copyOf(map);
            }
            case JsonCollection collection -> {
                Map<String, Object> map = new LinkedHashMap<>();
                collection.forEach((id, item) -> map.put(id, tree(item)));
                yield candidate.copyOf(map);
            }
            case JsonArray _ -> candidate.empty();
            default -> value;
        };
    }

    /** Draws which items are moved and lit. */
    @Setup(Level.Invocation)
    public void draw() {
        for (int i = 0; i < BATCH; i++) {
            int item = random.nextInt(items);
            moved[i] = SampleWorld.id(item);
            lit[i] = SampleWorld.id((item + 1 + random.nextInt(items - 1)) % items);
        }
    }

    /** One delta on the state that the one before it left. */
    @Benchmark
    @OperationsPerInvocation(2 * BATCH)
    public Object applyDelta() {
        Object state = world;
        for (int i = 0; i < BATCH; i++) {
            state = moved(state, spot, INVENTORY, moved[i]);
            state = lit(state, lit[i], 0);
            state = moved(state, INVENTORY, spot, moved[i]);
            state = lit(state, lit[i], 0);
        }
        return state;
    }

    private Object moved(Object state, List<String> from, List<String> to, String id) {
        return edited(edited(state, from, 0, id, false), to, 0, id, true);
    }

    private Object edited(Object map, List<String> path, int depth, String id, boolean add) {
        if (depth == path.size()) {
            return add ? candidate.with(map, id, thing) : candidate.without(map, id);
        }
        String token = path.get(depth);
        Object inner = candidate.get(map, token);
        return candidate.with(map, token, edited(inner, path, depth + 1, id, add));
    }

    private Object lit(Object map, String id, int depth) {
        if (depth < spot.size()) {
            String token = spot.get(depth);
            return candidate.with(map, token, lit(candidate.get(map, token), id, depth + 1));
        }
        Object item = candidate.get(map, id);
        Object state = candidate.get(item, "state");
        Object dark = candidate.with(state, "glowing", Pointer.ROOT);
        return candidate.with(map, id, candidate.with(item, "state", dark));
    }
}
