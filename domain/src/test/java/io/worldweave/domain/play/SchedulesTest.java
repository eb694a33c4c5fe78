package io.worldweave.domain.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.author.Authors;
import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Glade;
import io.worldweave.domain.command.Play;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Experiences;
import io.worldweave.domain.content.Schedule;
import io.worldweave.domain.content.Schedule.Step;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.ForwardingWorldStore;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What worlds do by themselves, in virtual time, on one node and on several. */
class SchedulesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Step DAY = light("day");
    private static final Step NIGHT = light("night");

    private final VirtualScheduler time = new VirtualScheduler();
    private final WorldStore store = new MemoryWorldStore();
    private final LocalBus bus = new LocalBus();
    private final List<Experience> installed = new ArrayList<>();

    private static final Step SPAWN = new Step.Run("@spawn dream bottle at shelf");

    private static Step light(String light) {
        return new Step.Merge(JsonObject.of("light", Json.of(light)));
    }

    private static Schedule every(Duration interval, String id, Step... steps) {
        return new Schedule(id, new Schedule.Every(interval.toMillis()), List.of(steps));
    }

    private static Experience glade(Experience.StateModel model, Schedule... schedules) {
        Experience glade = Glade.experience();
        return new Experience(
                        glade.id(),
                        glade.name(),
                        glade.version(),
                        model,
                        glade.config(),
                        glade.authoredWorld(),
                        glade.templates(),
                        glade.commands(),
                        glade.quests())
                .withSchedules(
                        Stream.of(schedules).collect(Collectors.toMap(Schedule::id, s -> s)));
    }

    private Worlds node(Schedule... schedules) {
        installed.clear();
        installed.add(glade(Experience.StateModel.SHARED, schedules));
        return node();
    }

    private Worlds node() {
        return node(new Worlds(store, bus.join(), time, LiveLimits.DEFAULT), time);
    }

    private Worlds node(Worlds worlds, Scheduler clock) {
        Experiences experiences =
                new Experiences() {
                    @Override
                    public Experience find(ExperienceId id) {
                        return installed.getFirst();
                    }

                    @Override
                    public List<Experience> all() {
                        return List.copyOf(installed);
                    }
                };
        Authors authors = new Authors(worlds, (_, _, _) -> {});
        new Schedules(experiences, worlds, authors, new Commands(), clock).start();
        return worlds;
    }

    /** The test's time on a wall clock that is wrong. */
    private final class WrongClock implements Scheduler {
        private Duration ahead;

        WrongClock(Duration ahead) {
            this.ahead = ahead;
        }

        void set(Duration forward) {
            ahead = ahead.plus(forward);
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }

        @Override
        public long unixMillis() {
            return time.unixMillis() + ahead.toMillis();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return time.after(delay, task);
        }
    }

    private LiveWorld world(Worlds worlds) {
        return new Players(worlds, new Commands()).world(installed.getFirst(), Play.ALICE.user());
    }

    private List<Delta> deltas(Worlds worlds) {
        LiveWorld world = world(worlds);
        Position begin = world.head().position().at(0);
        return ((Since.Deltas) store.since(world.id(), begin))
                .deltas().stream().filter(delta -> delta.cause().startsWith("schedule:")).toList();
    }

    private static Json light(LiveWorld world) {
        return world.head().shared().content().get("light");
    }

    @Test
    void aWorldDoesOneStepAfterTheOtherAndBeginsAgain() {
        Worlds worlds = node(every(MINUTE, "day_and_night", DAY, NIGHT));
        List<Json> seen = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            time.advance(MINUTE);
            seen.add(light(world(worlds)));
        }

        assertThat(seen.get(0)).isNotEqualTo(seen.get(1));
        assertThat(seen.get(2)).isEqualTo(seen.get(0));
        assertThat(seen.get(3)).isEqualTo(seen.get(1));
        Delta last = deltas(worlds).getLast();
        assertThat(last.cause()).isEqualTo("schedule:day_and_night");
        assertThat(last.actor()).isEqualTo(new Actor.Service("schedule"));
    }

    @Test
    void ofSeveralNodesEachTimeHappensOnce() {
        Worlds first = node(every(MINUTE, "count", SPAWN));
        for (int i = 0; i < 4; i++) {
            node();
        }
        time.advance(Duration.ofMinutes(10));

        assertThat(deltas(first)).hasSize(10);
        assertThat(deltas(first).stream().map(Delta::receipt).distinct()).hasSize(10);
    }

    @Test
    void nodesWhoseClocksDifferAndThatDoNotHearOfEachOtherMakeEachTimeHappenOnce() {
        Worlds first = node(every(MINUTE, "count", SPAWN));
        for (int ahead : List.of(1, 2, 3, 4)) {
            Worlds deaf = new Worlds(store, new LocalBus().join(), time, LiveLimits.DEFAULT);
            node(deaf, new WrongClock(Duration.ofSeconds(ahead)));
        }
        time.advance(Duration.ofMinutes(10).plusSeconds(10));

        assertThat(deltas(first)).hasSize(10);
        assertThat(deltas(first).stream().map(Delta::receipt).distinct()).hasSize(10);
    }

    @Test
    void whatAClockThatIsSetForwardLeapsOverIsNotMadeUpFor() {
        installed.add(glade(Experience.StateModel.SHARED, every(MINUTE, "count", SPAWN)));
        WrongClock clock = new WrongClock(Duration.ZERO);
        Worlds worlds = node(new Worlds(store, bus.join(), time, LiveLimits.DEFAULT), clock);
        time.advance(MINUTE);
        clock.set(Duration.ofHours(1));
        time.advance(MINUTE);

        assertThat(deltas(worlds)).hasSize(2);
    }

    @Test
    void aTimeThatIsNotOverLetsThoseBeMissedThatComeMeanwhile() {
        installed.add(glade(Experience.StateModel.SHARED, every(MINUTE, "count", SPAWN)));
        List<Duration> slow = new ArrayList<>(List.of(Duration.ofMinutes(3)));
        WorldStore hesitant =
                new ForwardingWorldStore(store) {
                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        if (deltas.getFirst().cause().startsWith("schedule:") && !slow.isEmpty()) {
                            time.advance(slow.removeFirst());
                        }
                        return super.commit(world, base, deltas);
                    }
                };
        Worlds worlds = node(new Worlds(hesitant, bus.join(), time, LiveLimits.DEFAULT), time);
        time.advance(Duration.ofMinutes(10));

        assertThat(deltas(worlds)).hasSize(10 - 3);
    }

    @Test
    void whatIsSoAlreadyMakesNoRevision() {
        Worlds worlds = node(every(MINUTE, "day", DAY));
        time.advance(Duration.ofMinutes(5));

        assertThat(deltas(worlds)).hasSize(1);
    }

    @Test
    void aCharacterWalksFromSpotToSpot() {
        Step out = new Step.Move("woander_1", "shop", "shelf", "spot_1");
        Step back = new Step.Move("woander_1", "shop", "counter", "spot_1");
        Worlds worlds = node(every(MINUTE, "walk", out, back));
        List<Boolean> atTheShelf = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            time.advance(MINUTE);
            atTheShelf.add(stands(worlds, "shelf"));
            assertThat(stands(worlds, "counter")).isEqualTo(!stands(worlds, "shelf"));
        }

        assertThat(atTheShelf).containsSequence(true, false, true);
    }

    private boolean stands(Worlds worlds, String area) {
        return Pointer.of(
                                "locations",
                                "shop",
                                "areas",
                                area,
                                "spots",
                                "spot_1",
                                "npcs",
                                "woander_1")
                        .in(world(worlds).head().shared().content())
                != null;
    }

    @Test
    void aThingThatSomebodyCarriesStaysWhereItIs() {
        Step move = new Step.Move("bottle_1", "shop", "counter", "spot_1");
        Worlds worlds = node(every(MINUTE, "tidy", move));
        Players players = new Players(worlds, new Commands());
        players.act(
                installed.getFirst(),
                Play.ALICE,
                new Request.Spoken("take the peaceful dream bottle"));
        long revision = world(worlds).head().revision();
        time.advance(MINUTE);

        assertThat(world(worlds).head().revision()).isEqualTo(revision);
    }

    @Test
    void aCommandThatWouldGiveSomethingToNobodyChangesNothing() {
        Worlds worlds =
                node(
                        every(MINUTE, "thief", new Step.Run("take the peaceful dream bottle")),
                        every(MINUTE, "nonsense", new Step.Run("juggle")),
                        every(
                                MINUTE,
                                "broken",
                                new Step.Merge(JsonObject.of("locations", Json.of(7)))));
        time.advance(Duration.ofMinutes(3));

        assertThat(deltas(worlds)).isEmpty();
    }

    @Test
    void anEditedScheduleCountsFromThenOn() {
        Worlds worlds = node(every(Duration.ofMinutes(5), "light", DAY));
        time.advance(MINUTE);
        installed.set(0, glade(Experience.StateModel.SHARED, every(MINUTE, "light", NIGHT)));
        time.advance(MINUTE.plusSeconds(2));
        assertThat(light(world(worlds))).isEqualTo(Json.of("night"));
        installed.set(0, glade(Experience.StateModel.SHARED));
        long revision = world(worlds).head().revision();
        time.advance(Duration.ofHours(1));

        assertThat(world(worlds).head().revision()).isEqualTo(revision);
    }

    @Test
    void playersOwnCopiesActWhileSomebodyWatchesThem() {
        installed.add(glade(Experience.StateModel.ISOLATED, every(MINUTE, "day", DAY)));
        Worlds worlds = node();
        LiveWorld copy = world(worlds);
        assertThat(copy.id()).isInstanceOf(WorldId.Isolated.class);
        time.advance(MINUTE);
        assertThat(light(copy)).isNull();
        copy.watch(() -> {});
        time.advance(MINUTE);

        assertThat(light(copy)).isEqualTo(Json.of("day"));
    }
}
