package io.worldweave.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.News;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** For whom there are copies of what was committed. */
@Timeout(60)
class UserCopiesTest {
    private static final WorldId SHOP = new WorldId.Shared(new ExperienceId("shop"));
    private static final WorldId GARDEN = new WorldId.Shared(new ExperienceId("garden"));
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CAROL = new UserId("carol");
    private static final UserId DAVE = new UserId("dave");

    private final NatsServer server = NatsServer.start();
    private final Overheard alices = Overheard.on(server, "world.updates.user.alice");
    private final Overheard bobs = Overheard.on(server, "world.updates.user.bob");
    private final Overheard carols = Overheard.on(server, "world.updates.user.carol");
    private final Overheard daves = Overheard.on(server, "world.updates.user.dave");
    private NatsBus here;
    private NatsBus there;

    @BeforeEach
    void connect() {
        NatsSettings settings = NatsSettings.of(server.url()).with(NatsSettings.Copies.VIEWERS);
        here = NatsBus.connect(settings);
        there = NatsBus.connect(settings);
        await().until(() -> here.isConnected() && there.isConnected());
    }

    @AfterEach
    void end() {
        List.of(alices, bobs, carols, daves).forEach(Overheard::close);
        here.close();
        there.close();
        server.close();
    }

    private static void watch(NatsBus node, UserId user, WorldId world) {
        node.listen(user, world, null, _ -> {});
    }

    private void commit(Part part, int number) {
        Change change = new Change.Add(part, Pointer.of("n" + number), Json.of(number));
        here.publish(
                new News.Committed(
                        SHOP,
                        "epoch",
                        new Delta(number, Actor.of(ALICE), "test", 7, List.of(change))));
    }

    @Test
    void whoeverLooksAtAWorldGetsACopyOfWhatTheyAreShownOfIt() {
        watch(here, BOB, SHOP);
        watch(there, CAROL, SHOP);
        watch(there, DAVE, GARDEN);
        there.listen(SHOP, _ -> {});
        await().until(() -> server.monitor("/connz?subs=1").contains("worldweave.delta.shop"));
        commit(Part.own(ALICE), 1);
        commit(Part.SHARED, 2);

        await().until(() -> carols.messages().size() == 1 && bobs.messages().size() == 1);
        await().until(() -> alices.messages().size() == 2);
        assertThat(carols.messages().getFirst()).contains("n2");
        assertThat(bobs.messages().getFirst()).contains("n2");
        assertThat(daves.messages()).isEmpty();
    }

    @Test
    void whoDoesNotLookAnyMoreGetsNone() {
        Bus.Interest gone = here.listen(BOB, SHOP, null, _ -> {});
        gone.close();
        gone.close();
        watch(here, CAROL, SHOP);
        commit(Part.SHARED, 1);

        await().until(() -> carols.messages().size() == 1);
        assertThat(bobs.messages()).isEmpty();
    }
}
