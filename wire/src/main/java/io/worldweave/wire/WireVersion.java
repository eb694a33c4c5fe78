package io.worldweave.wire;

import io.worldweave.domain.live.Projection;
import org.jspecify.annotations.Nullable;

/** The versions of {@code world_update} that clients ask for. */
public enum WireVersion {
    /** Changes as a list, with the versions of the chain; the default. */
    V0_4("0.4"),

    /** Changes by path, one at each, without a chain. */
    V0_3("0.3");

    public static final WireVersion DEFAULT = V0_4;

    private final String number;

    WireVersion(String number) {
        this.number = number;
    }

    /** Returns the version as it is written, such as {@code 0.4}. */
    public String number() {
        return number;
    }

    /** Returns the projection's encoding, made at the first call for it and kept (I10). */
    public Encoding encode(Projection projection) {
        return projection.encoded(encoder());
    }

    /** Returns what makes the encodings of this version, always the same. */
    public Projection.Encoder<Encoding> encoder() {
        return switch (this) {
            case V0_4 -> WorldUpdateJson.V0_4;
            case V0_3 -> WorldUpdateJson.V0_3;
        };
    }

    /** Returns the version that is written so, or null if there is none. */
    public static @Nullable WireVersion of(String number) {
        for (WireVersion version : values()) {
            if (version.number.equals(number)) {
                return version;
            }
        }
        return null;
    }
}
