package io.worldweave.domain.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.world.WorldState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {
    private static final double DEFAULT_RADIUS = 100;

    private static JsonObject at(double latitude, double longitude) {
        return JsonObject.of(
                "gps", JsonObject.of("lat", Json.of(latitude), "lng", Json.of(longitude)));
    }

    private static String nearest(JsonObject zones, double latitude, double longitude) {
        WorldState state = WorldState.initial("e1", JsonObject.of("locations", zones));
        return Zones.nearest(state, new Coordinates(latitude, longitude), DEFAULT_RADIUS);
    }

    @Test
    void distancesAreThoseOfAGlobe() {
        Coordinates paris = new Coordinates(48.8566, 2.3522);
        assertThat(paris.metresTo(new Coordinates(40.7128, -74.006)))
                .isCloseTo(5_837_000, within(5_000.0));
        assertThat(paris.metresTo(paris)).isZero();
        assertThat(new Coordinates(0, 0).metresTo(new Coordinates(0, 180)))
                .isCloseTo(Math.PI * 6_371_008.8, within(1.0));
        assertThat(new Coordinates(90, 0).metresTo(new Coordinates(90, 120)))
                .isCloseTo(0, within(0.001));
    }

    @Test
    void aMetreIsAMetreAcrossTheDateLineToo() {
        assertThat(new Coordinates(0, 179.9999).metresTo(new Coordinates(0, -179.9999)))
                .isCloseTo(22.24, within(0.01));
    }

    @Test
    void theDistanceIsTheSameThereAndBack() {
        Seeded.times(
                1_000,
                random -> {
                    Coordinates a =
                            new Coordinates(
                                    random.nextDouble(-90, 90), random.nextDouble(-180, 180));
                    Coordinates b =
                            new Coordinates(
                                    random.nextDouble(-90, 90), random.nextDouble(-180, 180));
                    assertThat(a.metresTo(b))
                            .isCloseTo(b.metresTo(a), within(0.001))
                            .isBetween(0.0, Math.PI * 6_371_009);
                });
    }

    @ParameterizedTest
    @ValueSource(doubles = {90.0001, -91, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNowhereOnEarthIsNoPoint(double latitude) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Coordinates(latitude, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Coordinates(0, latitude * 2));
    }

    @Test
    void theNearestZoneWhoseGeofenceHoldsThePointIsMeant() {
        // 0.0001 degrees of latitude are 11.1 metres
        JsonObject zones =
                JsonObject.of(
                        "far",
                        at(0.002, 0).with("geofence_radius_m", Json.of(500)),
                        "near",
                        at(0.0005, 0).with("geofence_radius_m", Json.of(40)),
                        "nowhere",
                        JsonObject.EMPTY);
        assertThat(nearest(zones, 0.0004, 0)).isEqualTo("near");
        assertThat(nearest(zones, 0, 0)).as("near is 56 m away").isEqualTo("far");
        assertThat(nearest(zones, 1, 1)).isNull();
    }

    @Test
    void aZoneWithoutARadiusHasTheConfiguredOne() {
        JsonObject zones = JsonObject.of("shop", at(0, 0));
        assertThat(nearest(zones, 0.00089, 0)).isEqualTo("shop");
        assertThat(nearest(zones, 0.00091, 0)).isNull();
    }

    @Test
    void ofTwoZonesAsNearTheFirstIsMeant() {
        assertThat(nearest(JsonObject.of("b", at(0, 0), "a", at(0, 0)), 0, 0)).isEqualTo("b");
    }

    @Test
    void aZoneWhosePlaceIsNoneIsNeverNear() {
        JsonObject broken =
                JsonObject.of("gps", JsonObject.of("lat", Json.of(200), "lng", Json.of("x")));
        assertThat(nearest(JsonObject.of("a", broken, "b", Json.of(1)), 0, 0)).isNull();
    }
}
