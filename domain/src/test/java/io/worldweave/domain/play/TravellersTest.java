package io.worldweave.domain.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Glade;
import io.worldweave.domain.command.Play;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.zone.Coordinates;
import org.junit.jupiter.api.Test;

class TravellersTest {
    private static final UserId ALICE = Play.ALICE.user();
    private static final Coordinates SHOP = new Coordinates(37.9, -122.5);
    private static final Coordinates CLEARING = new Coordinates(37.91, -122.5);
    private static final Coordinates SEA = new Coordinates(0, 0);

    private final Worlds worlds =
            new Worlds(
                    new MemoryWorldStore(),
                    new LocalBus().join(),
                    new VirtualScheduler(),
                    LiveLimits.DEFAULT);
    private final Players players = new Players(worlds, new Commands());
    private final Travellers travellers = new Travellers(worlds, players, 100);

    private static Experience glade(boolean gpsBased) {
        Experience glade = Glade.experience(JsonObject.of("gps_based", Json.of(gpsBased)));
        JsonObject zones = glade.authoredWorld().object("locations");
        return glade.withWorld(
                glade.authoredWorld()
                        .with(
                                "locations",
                                zones.with("shop", zones.object("shop").with("gps", gps(SHOP)))
                                        .with(
                                                "clearing",
                                                zones.object("clearing")
                                                        .with("gps", gps(CLEARING)))));
    }

    private static JsonObject gps(Coordinates at) {
        return JsonObject.of("lat", Json.of(at.latitude()), "lng", Json.of(at.longitude()));
    }

    private static Json own(LiveWorld world, String member) {
        return world.head().own(ALICE).content().get(member);
    }

    @Test
    void coordinatesBringAPlayerToTheZoneThatIsNear() {
        Located located = travellers.locate(glade(true), ALICE, CLEARING);

        assertThat(located.moved()).isTrue();
        assertThat(own(located.world(), "current_location")).isEqualTo(Json.of("clearing"));
        assertThat(own(located.world(), "current_area"))
                .as("in no area in particular")
                .isEqualTo(JsonNull.NULL);
    }

    @Test
    void whereNoZoneIsNearThePlayerIsNowhere() {
        Located located = travellers.locate(glade(true), ALICE, SEA);

        assertThat(located.moved()).isTrue();
        assertThat(own(located.world(), "current_location")).isEqualTo(JsonNull.NULL);
    }

    @Test
    void positionsAreNeverCommitted() {
        long revision = travellers.locate(glade(true), ALICE, SHOP).position().revision();
        for (int i = 1; i <= 50; i++) {
            Coordinates near = new Coordinates(37.9 + i / 1e6, -122.5);
            Located located = travellers.locate(glade(true), ALICE, near);
            assertThat(located.moved()).isFalse();
            assertThat(located.position().revision()).isEqualTo(revision);
        }
        assertThat(own(players.world(glade(true), ALICE), "current_area"))
                .as("whoever stays in the zone stays in the area")
                .isEqualTo(Json.of("shelf"));
    }

    @Test
    void whereCoordinatesDoNotDecideTheyMoveNobody() {
        Located located = travellers.locate(glade(false), ALICE, CLEARING);

        assertThat(located.moved()).isFalse();
        assertThat(own(located.world(), "current_location")).isEqualTo(Json.of("shop"));
    }

    @Test
    void whereCoordinatesDecideGoMovesBetweenTheAreasOfTheZoneOnly() {
        Experience glade = glade(true);
        travellers.locate(glade, ALICE, CLEARING);

        Acted acted = go(glade, "shop");

        assertThat(acted.result().code()).isEqualTo("unknown_destination");
        travellers.locate(glade, ALICE, SHOP);
        assertThat(go(glade, "counter").result().success()).isTrue();
        travellers.locate(glade, ALICE, SEA);
        assertThat(go(glade, "counter").result().code()).isEqualTo("unknown_destination");
        assertThat(go(glade, "clearing").result().code()).isEqualTo("unknown_destination");
    }

    private Acted go(Experience glade, String destination) {
        return players.act(
                glade,
                Play.ALICE,
                new Request.Structured("go", JsonObject.of("destination", Json.of(destination))));
    }
}
