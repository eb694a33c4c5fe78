package io.worldweave.app;

import io.worldweave.app.config.Settings;
import io.worldweave.app.start.Service;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.content.FileExperiences;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Says whether the service can serve: it has started and is not stopping, and its data can be
 * written: the data directory takes a write, and no world has a disk that fails. A world that is
 * damaged concerns those alone who want it: the service is ready, and degraded.
 *
 * <p>Thread-safe.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class Readiness implements HealthCheck {
    @Inject Service service;
    @Inject FileExperiences experiences;
    @Inject Worlds worlds;
    @Inject WorldStore store;
    @Inject Settings settings;
    @Inject Scheduler scheduler;

    /** So many damaged worlds are told with what is wrong. */
    private static final int TOLD = 10;

    private DiskProbe disk;

    @PostConstruct
    void findTheDisk() {
        disk = new DiskProbe(settings.content().data(), scheduler::nanoTime);
    }

    @Override
    public HealthCheckResponse call() {
        int unavailable = store.unavailableCount();
        boolean available = store.isAvailable();
        boolean writable = available && unavailable == 0 && disk.takesAWrite();
        Map<WorldId, String> damaged = store.damaged();
        return HealthCheckResponse.named("worldweave")
                .status(service.isServing() && writable)
                .withData("serving", service.isServing())
                .withData("data_writable", writable)
                .withData("store_available", available)
                .withData("experiences", experiences.all().size())
                .withData("content_problems", experiences.problems().size())
                .withData("worlds", worlds.openCount())
                .withData("worlds_unavailable", unavailable)
                .withData("worlds_damaged", damaged.size())
                .withData("degraded", degradation(available, unavailable, damaged))
                .build();
    }

    private static String degradation(
            boolean available, int unavailable, Map<WorldId, String> damaged) {
        Stream<String> failing = Stream.empty();
        if (!available) {
            failing = Stream.of("the store does not answer");
        } else if (unavailable > 0) {
            failing = Stream.of("the disk of " + unavailable + " world(s) fails");
        }
        return Stream.concat(failing, damaged.values().stream().sorted().limit(TOLD))
                .collect(Collectors.joining("; "));
    }
}
