package io.worldweave.domain.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.author.Authored;
import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Glade;
import io.worldweave.domain.command.Play;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Seeds;
import io.worldweave.domain.content.WorldSchema;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.patch.JsonPatch;
import io.worldweave.domain.patch.MergePatch;
import io.worldweave.domain.patch.Operation;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Worlds that begin anew, and what is known of their past; patches that worlds do not take. */
class CustodiansTest {
    private static final UserId GAME_SERVER = new UserId("game-server");
    private static final String SHELF = "/locations/shop/areas/shelf/spots/spot_1/items";

    private final Experience glade = Glade.experience();
    private final MemoryWorldStore store = new MemoryWorldStore();
    private final Worlds worlds = node();
    private final Players players = new Players(worlds, new Commands());
    private final Publishers publishers = new Publishers(worlds);
    private final Custodians custodians = new Custodians(worlds);
    private final LiveWorld world = players.enter(glade, Play.ALICE.user());

    /** A node that hears nothing of others. */
    private Worlds node() {
        return new Worlds(store, new LocalBus().join(), new VirtualScheduler(), LiveLimits.DEFAULT);
    }

    @Test
    void aResetBeginsTheWorldAndItsPlayersAnew() {
        take();
        Position before = world.head().position();

        Position begin = custodians.reset(glade, world);

        assertThat(begin.epoch()).isNotEqualTo(before.epoch());
        assertThat(world.head().position()).isEqualTo(begin);
        assertThat(world.head().shared().content()).isEqualTo(Seeds.world(glade));
        assertThat(world.head().own(Play.ALICE.user()))
                .isEqualTo(new Document(Seeds.player(glade), begin.revision()));
    }

    @Test
    void aRestoreBringsBackWhatWas() {
        WorldState backup = world.head();
        take();

        assertThat(custodians.restore(glade, world, backup)).isInstanceOf(Restored.Done.class);
        assertThat(world.head().shared().content()).isEqualTo(backup.shared().content());
        assertThat(world.head().own(Play.ALICE.user()).content())
                .isEqualTo(backup.own(Play.ALICE.user()).content());
        take();
    }

    @Test
    void whatIsNoWorldIsNotRestored() {
        JsonObject content = world.head().shared().content();
        assertNotRestored(content.with("locations", JsonArray.EMPTY), "/locations");
        assertNotRestored(content.with("metadata", JsonObject.EMPTY), "/metadata");
        assertNotRestored(content.with("items", Json.array(List.of(Json.of("no item")))), "/items");
        JsonObject bottle = (JsonObject) Pointer.parse(SHELF + "/bottle_1").in(content);
        assertNotRestored(content.with("items", Json.array(List.of(bottle))), "/items/bottle_1");
    }

    private void assertNotRestored(JsonObject content, String pointer) {
        WorldState before = world.head();
        WorldState state =
                new WorldState(before.position(), new Document(content, 0), before.players());
        assertThat(custodians.restore(glade, world, state))
                .isInstanceOfSatisfying(
                        Restored.Refused.class,
                        refused -> assertThat(refused.rejection().pointer()).hasToString(pointer));
        assertThat(world.head()).isSameAs(before);
    }

    @Test
    void whatIsKeptOfThePastIsShownAndWhatIsNotIsNamed() {
        WorldState before = world.head();
        take();
        long now = world.head().revision();

        assertThat(custodians.at(world, before.revision())).isEqualTo(new Past.State(before));
        assertThat(custodians.since(world, before.revision()))
                .isInstanceOfSatisfying(
                        Past.Deltas.class,
                        deltas -> {
                            assertThat(deltas.deltas()).hasSize((int) (now - before.revision()));
                            assertThat(deltas.head()).isEqualTo(world.head().position());
                        });
        assertThat(custodians.at(world, now + 1)).isEqualTo(new Past.Unknown(0, now));
        assertThat(custodians.since(world, now + 1)).isEqualTo(new Past.Unknown(0, now));

        Position begin = custodians.reset(glade, world);
        assertThat(custodians.at(world, now))
                .as("another epoch")
                .isEqualTo(new Past.Unknown(begin.revision(), begin.revision()));
    }

    @Test
    void whatOtherNodesDidIsKnownOfThePastAtOnce() {
        Worlds other = node();
        Players elsewhere = new Players(other, new Commands());
        LiveWorld there = elsewhere.enter(glade, Play.BOB.user());
        long entered = there.head().revision();

        assertThat(custodians.since(world, entered))
                .as("in the same epoch")
                .isEqualTo(new Past.Deltas(List.of(), there.head().position()));

        Position begin = new Custodians(other).reset(glade, there);
        assertThat(custodians.since(world, begin.revision()))
                .isEqualTo(new Past.Deltas(List.of(), begin));

        begin = new Custodians(other).reset(glade, there);
        assertThat(custodians.at(world, begin.revision() + 1))
                .isEqualTo(new Past.Unknown(begin.revision(), begin.revision()));
        begin = new Custodians(other).reset(glade, there);
        assertThat(custodians.since(world, begin.revision() + 1))
                .isEqualTo(new Past.Unknown(begin.revision(), begin.revision()));
    }

    @Test
    void whatAuthorsCannotHaveWrittenIsNotRestored() {
        WorldState before = world.head();
        JsonObject written = Authored.beginning(glade).authored().content();
        assertThat(custodians.restore(glade, world, authored(before, written)))
                .isInstanceOf(Restored.Done.class);

        assertAuthoredIsRefused("/authored/world", written.with("world", Json.of(5)));
        assertAuthoredIsRefused("/authored/templates", written.with("templates", Json.of(7)));
        assertAuthoredIsRefused("/authored/templates", written.without("templates"));
        assertAuthoredIsRefused(
                "/authored/templates",
                written.with("templates", JsonObject.of("bottle", Json.of("red"))));
        assertAuthoredIsRefused("/authored/more", written.with("more", Json.of(1)));
    }

    private void assertAuthoredIsRefused(String pointer, JsonObject written) {
        WorldState before = world.head();
        assertThat(custodians.restore(glade, world, authored(before, written)))
                .isInstanceOfSatisfying(
                        Restored.Refused.class,
                        refused -> assertThat(refused.rejection().pointer()).hasToString(pointer));
        assertThat(world.head()).isSameAs(before);
    }

    private static WorldState authored(WorldState state, JsonObject written) {
        return new WorldState(
                state.position(), state.shared(), state.players(), new Document(written, 0));
    }

    @Test
    void aPatchAddsNothingOfItsOwn() {
        JsonObject bottle =
                JsonObject.of(
                        "instance_id", Json.of("bottle_9"), "template_id", Json.of("dream_bottle"));
        assertThat(patch(new Operation.Add(Pointer.parse(SHELF + "/-"), bottle)))
                .isInstanceOf(Published.Done.class);
        assertThat(Pointer.parse(SHELF + "/bottle_9").in(world.head().shared().content()))
                .isEqualTo(bottle);
    }

    @Test
    void aPatchKeepsTheShapeOfTheWorldAndLeavesMetadataAlone() {
        Position before = world.head().position();
        assertThat(patch(new Operation.Replace(Pointer.parse(SHELF), Json.of("none"))))
                .isInstanceOf(Published.Refused.class);
        assertThat(patch(new Operation.Replace(Pointer.ROOT, JsonArray.EMPTY)))
                .isInstanceOf(Published.Refused.class);
        assertThat(
                        patch(
                                new Operation.Copy(
                                        Pointer.parse(SHELF + "/0"), Pointer.parse(SHELF + "/-"))))
                .as("an id twice")
                .isInstanceOf(Published.Refused.class);
        assertThat(patch(new Operation.Add(Pointer.of("metadata"), JsonObject.EMPTY)))
                .isEqualTo(new Published.Reserved(Pointer.of("metadata")));
        assertThat(world.head().position()).isEqualTo(before);
    }

    @Test
    void aSchemaForbidsAndWhatItForbadeBeforeCanStay() {
        WorldSchema noMoon =
                document ->
                        document.has("moon")
                                ? List.of(
                                        new WorldSchema.Breach(Pointer.of("moon"), "there is none"))
                                : List.of();
        Experience strict = glade.withSchema(noMoon);
        Update moon = new Update.Patched(new MergePatch(JsonObject.of("moon", Json.of(1))));

        assertThat(publishers.publish(new Writing(strict, world, GAME_SERVER, _ -> true), moon))
                .isInstanceOfSatisfying(
                        Published.Refused.class,
                        refused ->
                                assertThat(refused.rejection().reason())
                                        .contains("schema", "there is none"));
        publishers.publish(new Writing(glade, world, GAME_SERVER, _ -> true), moon);
        assertThat(
                        publishers.publish(
                                new Writing(strict, world, GAME_SERVER, _ -> true),
                                new Update.Merged(JsonObject.of("sun", Json.of(1)))))
                .isInstanceOf(Published.Done.class);
        assertThat(custodians.restore(strict, world, world.head()))
                .isInstanceOf(Restored.Refused.class);
    }

    private Published patch(Operation operation) {
        return publishers.publish(
                new Writing(glade, world, GAME_SERVER, _ -> true),
                new Update.Patched(new JsonPatch(List.of(operation))));
    }

    private void take() {
        assertThat(
                        players.act(
                                        glade,
                                        Play.ALICE,
                                        new Request.Spoken("take the peaceful dream bottle"))
                                .result()
                                .success())
                .isTrue();
    }
}
