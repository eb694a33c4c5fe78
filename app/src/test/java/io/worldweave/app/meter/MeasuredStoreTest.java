package io.worldweave.app.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.store.TestDeltas;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Timer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeasuredStoreTest {
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));

    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final MeasuredStore store = new MeasuredStore(new MemoryWorldStore(), registry());
    private final Position begin = store.open(WORLD, () -> JsonObject.EMPTY).base().position();

    @Test
    void aCommitIsTimedAndItsDeltasAreCounted() {
        store.commit(WORLD, begin, TestDeltas.run(0, 2, "sun"));
        store.commit(WORLD, begin, TestDeltas.run(0, 1, "sun"));

        assertThat(counts)
                .isEqualTo(
                        Map.of(
                                "worldweave_commits", 2L,
                                "worldweave_deltas", 2L,
                                "worldweave_commit_conflicts", 1L));
    }

    @Test
    void aCommitInTurnIsACommit() {
        store.commitInTurn(WORLD, begin, _ -> TestDeltas.run(0, 2, "sun"));

        assertThat(counts).isEqualTo(Map.of("worldweave_commits", 1L, "worldweave_deltas", 2L));
    }

    @Test
    void aTurnWithNothingToCommitIsNone() {
        store.commitInTurn(WORLD, begin, _ -> List.of());

        assertThat(counts).isEmpty();
    }

    private MetricRegistry registry() {
        return proxy(
                MetricRegistry.class,
                (name, arguments) ->
                        switch (name) {
                            case "timer" -> timer((String) arguments[0]);
                            case "counter" -> counter((String) arguments[0]);
                            default -> throw new UnsupportedOperationException(name);
                        });
    }

    private Counter counter(String metric) {
        return proxy(
                Counter.class,
                (name, arguments) -> {
                    long by = arguments.length == 0 ? 1 : (Long) arguments[0];
                    if (by > 0) {
                        counts.merge(metric, by, Long::sum);
                    }
                    return null;
                });
    }

    private Timer timer(String metric) {
        return proxy(
                Timer.class,
                (name, arguments) -> {
                    if (name.equals("update")) {
                        assertThat((Duration) arguments[0]).isPositive();
                        counts.merge(metric, 1L, Long::sum);
                        return null;
                    }
                    return proxy(
                            Timer.Context.class,
                            (_, _) -> {
                                counts.merge(metric, 1L, Long::sum);
                                return null;
                            });
                });
    }

    private interface Call {
        @Nullable Object answer(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) ->
                                call.answer(
                                        method.getName(),
                                        arguments == null ? new Object[0] : arguments)));
    }
}
