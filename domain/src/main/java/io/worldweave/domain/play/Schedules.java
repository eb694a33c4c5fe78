package io.worldweave.domain.play;

import io.worldweave.domain.author.Authors;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Experiences;
import io.worldweave.domain.content.Schedule;
import io.worldweave.domain.live.Commitment;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Once;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets worlds act by themselves, as the schedules of their experiences say: a shared world whether
 * somebody is there or not, players' own copies while somebody watches them.
 *
 * <p>Every node of a service does what is due. Each time of a schedule has a key under which it is
 * committed, so of several nodes on one store one makes it happen and the others find it done. What
 * was missed, because no node ran or the store was away, is not made up for.
 *
 * <p>Thread-safe. Nothing here blocks but the tasks that are given to the scheduler.
 */
public final class Schedules implements AutoCloseable {
    /** So late a time still counts; one that is later was missed. */
    public static final Duration LATEST = Duration.ofSeconds(30);

    /** So often edited schedules are looked for, and clocks that were set. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(Schedules.class.getName());

    private final Experiences experiences;
    private final Worlds worlds;
    private final Authors authors;
    private final Commands commands;
    private final Scheduler scheduler;
    private Map<Name, Due> due = new HashMap<>();

    /** Those whose last time is not over: the next one does not wait for it but is missed. */
    private final Set<Name> atWork = ConcurrentHashMap.newKeySet();

    /** Those that could do nothing the last time, which is said once. */
    private final Set<Name> idle = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    private record Name(ExperienceId experience, String schedule) {}

    /** When a schedule is next due, as it is written now. */
    private record Due(Schedule schedule, long atMillis) {}

    /** One time of a schedule. */
    private record Time(Experience experience, Schedule schedule, long atMillis) {
        Name name() {
            return new Name(experience.id(), schedule.id());
        }
    }

    /**
     * Makes schedules that do nothing until {@link #start}.
     *
     * @param authors see to it that a world that acts shows what they wrote last
     */
    public Schedules(
            Experiences experiences,
            Worlds worlds,
            Authors authors,
            Commands commands,
            Scheduler scheduler) {
        this.experiences = experiences;
        this.worlds = worlds;
        this.authors = authors;
        this.commands = commands;
        this.scheduler = scheduler;
    }

    /** Begins: what is due from now on happens. */
    public void start() {
        look();
    }

    /** Lets nothing more happen; what has begun goes on. */
    @Override
    public void close() {
        closed = true;
    }

    private void look() {
        if (closed) {
            return;
        }
        long next = begin(scheduler.unixMillis());
        Duration pause = Duration.ofMillis(Math.max(1, next - scheduler.unixMillis()));
        scheduler.after(pause.compareTo(LOOK) < 0 ? pause : LOOK, this::look);
    }

    /** Begins what is due and returns when the next is. */
    private synchronized long begin(long now) {
        Map<Name, Due> coming = new HashMap<>();
        long next = Schedule.Times.NEVER;
        for (Experience experience : experiences.all()) {
            for (Schedule schedule : experience.schedules().values()) {
                Name name = new Name(experience.id(), schedule.id());
                Due known = due.get(name);
                long at =
                        known != null && known.schedule().equals(schedule)
                                ? known.atMillis()
                                : schedule.times().after(now);
                if (at <= now) {
                    if (now - at <= LATEST.toMillis()) {
                        begin(new Time(experience, schedule, at));
                    }
                    at = schedule.times().after(now);
                }
                coming.put(name, new Due(schedule, at));
                next = Math.min(next, at);
            }
        }
        due = coming;
        return next;
    }

    private void begin(Time time) {
        if (!atWork.add(time.name())) {
            LOG.log(Level.WARNING, "missed, since the last time is not over: {0}", time.name());
            return;
        }
        scheduler.after(
                Duration.ZERO,
                () -> {
                    try {
                        worldsOf(time.experience()).forEach(world -> happen(world, time));
                    } catch (RuntimeException failure) {
                        failed(time, failure);
                    } finally {
                        atWork.remove(time.name());
                    }
                });
    }

    private List<LiveWorld> worldsOf(Experience experience) {
        return switch (experience.model()) {
            case SHARED -> List.of(authors.open(experience, new WorldId.Shared(experience.id())));
            case ISOLATED ->
                    authors.worldsOf(experience.id()).stream()
                            .filter(world -> world.watcherCount() > 0)
                            .toList();
        };
    }

    private void happen(LiveWorld world, Time time) {
        try {
            Happening happening = new Happening(time.experience(), time.schedule(), commands);
            told(
                    world,
                    time,
                    refusal(
                            worlds.commitOnce(
                                    world,
                                    Happening.ACTOR,
                                    happening.key(time.atMillis()),
                                    state -> happening.proposal(state, time.atMillis()))));
        } catch (RuntimeException failure) {
            failed(time, failure);
        }
    }

    private void told(LiveWorld world, Time time, @Nullable Rejection refused) {
        if (refused == null) {
            idle.remove(time.name());
        } else if (idle.add(time.name())) {
            LOG.log(
                    Level.WARNING,
                    "schedule {0} of {1} could do nothing: {2}",
                    time.schedule().id(),
                    world.id(),
                    refused.reason());
        }
    }

    private void failed(Time time, RuntimeException failure) {
        if (!closed) {
            LOG.log(
                    Level.WARNING,
                    "schedule "
                            + time.schedule().id()
                            + " of "
                            + time.experience().id()
                            + " failed",
                    failure);
        }
    }

    private static @Nullable Rejection refusal(Once<Optional<Rejection>> once) {
        return switch (once) {
            case Once.First<Optional<Rejection>>(
                            Commitment.Made<Optional<Rejection>>(var refused, var _)) ->
                    refused.orElse(null);
            case Once.First<Optional<Rejection>>(
                            Commitment.Refused<Optional<Rejection>>(Rejection rejection)) ->
                    rejection;
            case Once.Repeated<Optional<Rejection>> _, Once.InProgress<Optional<Rejection>> _ ->
                    null;
        };
    }
}
