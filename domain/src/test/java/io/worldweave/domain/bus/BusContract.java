package io.worldweave.domain.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * What every bus promises while it is well: that it is only a hint is what {@link
 * io.worldweave.domain.live.I1StoreIsTruthTest} is for. An adapter's test implements it with its
 * own bus.
 */
public interface BusContract {
    WorldId SHOP = new WorldId.Shared(new ExperienceId("shop"));
    WorldId GARDEN =
            new WorldId.Isolated(new ExperienceId("garden"), new UserId("player@example.com"));

    /** Returns the bus as a further node sees it; all nodes of one test are on the same bus. */
    Bus join();

    /** Waits until all that was published before has been heard by all who listened then. */
    void settle();

    private static News news(WorldId world, long base) {
        Change change = new Change.Add(Part.SHARED, Pointer.of("n"), Json.of(base));
        return new News.Committed(
                world,
                "epoch",
                new Delta(base, Actor.of(new UserId("alice")), "test", 7, List.of(change)));
    }

    @Test
    default void newsReachesEveryOtherNodeThatListensToThatWorld() {
        try (Bus here = join();
                Bus there = join();
                Bus elsewhere = join()) {
            List<News> heardThere = new CopyOnWriteArrayList<>();
            List<News> heardElsewhere = new CopyOnWriteArrayList<>();
            there.listen(SHOP, heardThere::add);
            elsewhere.listen(SHOP, heardElsewhere::add);
            settle();

            here.publish(news(SHOP, 1));
            here.publish(news(SHOP, 2));
            settle();

            assertThat(heardThere).containsExactly(news(SHOP, 1), news(SHOP, 2));
            assertThat(heardElsewhere).containsExactly(news(SHOP, 1), news(SHOP, 2));
        }
    }

    @Test
    default void thatAWorldHasMovedReachesTheOthers() {
        try (Bus here = join();
                Bus there = join()) {
            List<News> heard = new CopyOnWriteArrayList<>();
            there.listen(GARDEN, heard::add);
            settle();
            News moved = new News.Moved(GARDEN, "epoch", 41);
            here.publish(moved);
            settle();

            assertThat(heard).containsExactly(moved);
        }
    }

    @Test
    default void aNodeDoesNotHearItsOwnNews() {
        try (Bus here = join()) {
            List<News> heard = new CopyOnWriteArrayList<>();
            here.listen(SHOP, heard::add);
            settle();
            here.publish(news(SHOP, 1));
            settle();

            assertThat(heard).isEmpty();
        }
    }

    @Test
    default void newsOfAnotherWorldIsNotHeard() {
        try (Bus here = join();
                Bus there = join()) {
            List<News> heard = new CopyOnWriteArrayList<>();
            there.listen(GARDEN, heard::add);
            settle();
            here.publish(news(SHOP, 1));
            here.publish(news(GARDEN, 1));
            settle();

            assertThat(heard).containsExactly(news(GARDEN, 1));
        }
    }

    @Test
    default void whereSomebodyIsReachesTheOthersAsItWasTold() {
        try (Bus here = join();
                Bus there = join()) {
            List<News> heard = new CopyOnWriteArrayList<>();
            there.listen(GARDEN, heard::add);
            settle();
            News attended =
                    new News.Attended(
                            GARDEN,
                            "node-1",
                            7,
                            List.of(
                                    new News.Seen(new UserId("player@example.com"), "shop"),
                                    new News.Seen(new UserId("bob"), null)),
                            15_000,
                            true);
            here.publish(attended);
            settle();

            assertThat(heard).containsExactly(attended);
        }
    }

    @Test
    default void everyInterestOfANodeHearsUntilItIsClosed() {
        try (Bus here = join();
                Bus there = join()) {
            List<News> first = new CopyOnWriteArrayList<>();
            List<News> second = new CopyOnWriteArrayList<>();
            Bus.Interest closed = there.listen(SHOP, first::add);
            there.listen(SHOP, second::add);
            settle();
            here.publish(news(SHOP, 1));
            settle();
            closed.close();
            closed.close();
            here.publish(news(SHOP, 2));
            settle();

            assertThat(first).containsExactly(news(SHOP, 1));
            assertThat(second).containsExactly(news(SHOP, 1), news(SHOP, 2));
        }
    }

    @Test
    default void aListenerThatFailsHarmsNeitherThePublisherNorTheOthers() {
        try (Bus here = join();
                Bus there = join();
                Bus elsewhere = join()) {
            List<News> heard = new CopyOnWriteArrayList<>();
            there.listen(
                    SHOP,
                    _ -> {
                        throw new IllegalStateException("a mistake of the listener's");
                    });
            elsewhere.listen(SHOP, heard::add);
            settle();

            assertThatCode(() -> here.publish(news(SHOP, 1))).doesNotThrowAnyException();
            settle();

            assertThat(heard).containsExactly(news(SHOP, 1));
        }
    }

    @Test
    default void aNodeThatHasLeftSaysNothing() {
        try (Bus here = join()) {
            Bus there = join();
            List<News> heard = new CopyOnWriteArrayList<>();
            here.listen(SHOP, heard::add);
            settle();
            there.close();
            assertThatCode(() -> there.publish(news(SHOP, 1))).doesNotThrowAnyException();
            settle();

            assertThat(heard).isEmpty();
        }
    }

    @Test
    default void aNodeThatHasLeftHearsNothing() {
        try (Bus here = join()) {
            Bus there = join();
            List<News> heard = new CopyOnWriteArrayList<>();
            there.listen(SHOP, heard::add);
            settle();
            there.close();
            here.publish(news(SHOP, 1));
            settle();

            assertThat(heard).isEmpty();
        }
    }
}
