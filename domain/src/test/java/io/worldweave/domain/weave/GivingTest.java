package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Glade;
import io.worldweave.domain.command.Play;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Projection;
import io.worldweave.domain.live.View;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.play.Acted;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

/** I7: a player gives another one something, and each is told of the own part only. */
class GivingTest {
    private static final Experience GLADE = Glade.experience();

    private final VirtualScheduler time = new VirtualScheduler();
    private final Worlds worlds =
            new Worlds(new MemoryWorldStore(), new LocalBus().join(), time, LiveLimits.DEFAULT);
    private final Players players = new Players(worlds, new Commands());
    private final Subscriptions subscriptions =
            new Subscriptions(new LocalBus().join(), time, WeaveLimits.DEFAULT);

    private Acted act(Identity who, String action, JsonObject arguments) {
        return players.act(GLADE, who, new Request.Structured(action, arguments));
    }

    private Acted give(Identity to) {
        return act(
                Play.ALICE,
                "give_item",
                JsonObject.of(
                        "instance_id",
                        Json.of("bottle_1"),
                        "target_user_id",
                        Json.of(to.user().value())));
    }

    private Subscription watch(LiveWorld world, View view) {
        Subscriptions.Opened opened = subscriptions.watch(world, view, null, () -> {});
        Subscription stream = ((Subscriptions.Opened.Open) opened).subscription();
        stream.poll();
        return stream;
    }

    private static Projection told(Subscription stream) {
        Projection projection = ((Frame.WorldUpdate) stream.poll()).projection();
        assertThat(stream.poll()).as("it is one commit").isNull();
        return projection;
    }

    @Test
    void oneCommitChangesBothInventoriesAndEachIsToldOfTheOwnPartOnly() {
        LiveWorld world = players.enter(GLADE, Play.BOB.user());
        act(Play.ALICE, "collect_item", JsonObject.of("instance_id", Json.of("bottle_1")));
        Identity carol = Play.player("carol");
        players.enter(GLADE, carol.user());
        List<Subscription> alices =
                List.of(
                        watch(world, new View.World(Play.ALICE.user())),
                        watch(world, new View.Zone(Play.ALICE.user())));
        List<Subscription> bobs =
                List.of(
                        watch(world, new View.World(Play.BOB.user())),
                        watch(world, new View.Zone(Play.BOB.user())));
        Subscription carols = watch(world, new View.Zone(carol.user()));
        long before = world.head().revision();

        Acted given = give(Play.BOB);

        assertThat(given.result().success()).as(given.result().message()).isTrue();
        assertThat(given.revision()).isEqualTo(before + 1);
        for (Subscription stream : alices) {
            assertThat(told(stream).changes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Change.Remove.class,
                            change ->
                                    assertThat(change.part())
                                            .isEqualTo(Part.own(Play.ALICE.user())));
        }
        for (Subscription stream : bobs) {
            assertThat(told(stream).changes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Change.Add.class,
                            change ->
                                    assertThat(change.part()).isEqualTo(Part.own(Play.BOB.user())));
        }
        assertThat(carols.poll()).as("it is nobody else's business").isNull();
    }

    @Test
    void whoIsElsewhereIsGivenNothing() {
        players.enter(GLADE, Play.BOB.user());
        act(Play.ALICE, "collect_item", JsonObject.of("instance_id", Json.of("bottle_1")));
        act(Play.BOB, "go", JsonObject.of("destination", Json.of("counter")));

        assertThat(give(Play.BOB).result().code()).isEqualTo("recipient_not_here");
        assertThat(give(Play.player("dora")).result().code()).isEqualTo("recipient_not_here");
    }
}
