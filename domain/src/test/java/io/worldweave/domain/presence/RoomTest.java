package io.worldweave.domain.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.live.RandomZones;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node tells the others of its players. */
class RoomTest {
    private static final UserId ALICE = new UserId("alice");

    private final Bus bus = new LocalBus().join();
    private final Worlds worlds =
            new Worlds(new MemoryWorldStore(), bus, new VirtualScheduler(), LiveLimits.DEFAULT);
    private final LiveWorld world =
            worlds.open(new WorldId.Shared(new ExperienceId("shop")), RandomZones::world);
    private final List<Room.Telling> told = new ArrayList<>();
    private final List<Boolean> numberedUnderTheLock = new ArrayList<>();
    private final Room room = new Room(world, PresenceLimits.DEFAULT, this::number, told::add);

    private long number() {
        numberedUnderTheLock.add(Thread.holdsLock(room));
        return numberedUnderTheLock.size();
    }

    private void put(String zone) {
        worlds.commit(
                world,
                Actor.of(ALICE),
                _ ->
                        new Proposal<>(
                                List.of(
                                        new Change.Add(
                                                Part.own(ALICE),
                                                Pointer.ROOT,
                                                JsonObject.of("current_location", Json.of(zone)))),
                                "test",
                                "done"));
    }

    @Test
    void whatIsToldIsNumberedInTheOrderInWhichItWasSo() {
        Runnable session = () -> {};
        put("shop");
        room.enter(ALICE, session);
        Room.Telling again = room.telling();
        put("wood");
        room.leave(ALICE, session);

        List<Room.Telling> asSeen = List.of(told.get(0), again, told.get(1), told.get(2));
        assertThat(asSeen)
                .extracting(Room.Telling::seen)
                .containsExactly(
                        List.of(new News.Seen(ALICE, "shop")),
                        List.of(new News.Seen(ALICE, "shop")),
                        List.of(new News.Seen(ALICE, "wood")),
                        List.of(new News.Seen(ALICE, null)));
        assertThat(asSeen).extracting(Room.Telling::number).isSorted().doesNotHaveDuplicates();
        assertThat(numberedUnderTheLock)
                .as("so nobody moves between the look and its number")
                .containsOnly(true);
    }

    @Test
    void ofThoseWhoWereDismissedNothingMoreIsTold() {
        Runnable session = () -> {};
        put("shop");
        room.enter(ALICE, session);
        told.clear();

        assertThat(room.dismissAll().seen()).containsExactly(new News.Seen(ALICE, null));
        put("wood");
        room.leave(ALICE, session);

        assertThat(room.telling().seen()).isEmpty();
        assertThat(told).isEmpty();
    }
}
