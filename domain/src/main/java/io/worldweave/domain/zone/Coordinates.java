package io.worldweave.domain.zone;

/**
 * A point on Earth, in degrees.
 *
 * @param latitude from -90 to 90
 * @param longitude from -180 to 180
 */
public record Coordinates(double latitude, double longitude) {
    /** Mean radius of the Earth as a sphere. */
    private static final double EARTH_METRES = 6_371_008.8;

    public Coordinates {
        if (!(Math.abs(latitude) <= 90)) {
            throw new IllegalArgumentException("a latitude is from -90 to 90, not " + latitude);
        }
        if (!(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("a longitude is from -180 to 180, not " + longitude);
        }
    }

    /**
     * Returns the great-circle distance in metres, by the haversine formula: exact enough for a few
     * metres as for half the way around the Earth.
     */
    public double metresTo(Coordinates other) {
        double here = Math.toRadians(latitude);
        double there = Math.toRadians(other.latitude);
        double north = haversine(there - here);
        double east = haversine(Math.toRadians(other.longitude - longitude));
        double h = north + Math.cos(here) * Math.cos(there) * east;
        return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
    }

    private static double haversine(double angle) {
        double sine = Math.sin(angle / 2);
        return sine * sine;
    }
}
