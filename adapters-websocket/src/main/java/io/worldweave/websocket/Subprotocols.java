package io.worldweave.websocket;

import io.worldweave.wire.WireVersion;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subprotocols that clients may offer: {@code worldweave.v0.4} and {@code worldweave.v0.3}. A
 * credential may stand among them, which is never one that is chosen.
 */
final class Subprotocols {
    private static final String PREFIX = "worldweave.v";

    private Subprotocols() {}

    /** Returns those that can be chosen, the default first. */
    static List<String> all() {
        return Arrays.stream(WireVersion.values())
                .map(version -> PREFIX + version.number())
                .toList();
    }

    /** Returns the first of the client's that can be chosen, or the empty text if none can. */
    static String choose(List<String> offered) {
        return offered.stream().filter(all()::contains).findFirst().orElse("");
    }

    /** Returns the version that the chosen one means; the default one without any. */
    static WireVersion version(@Nullable String chosen) {
        WireVersion version =
                chosen == null || !chosen.startsWith(PREFIX)
                        ? null
                        : WireVersion.of(chosen.substring(PREFIX.length()));
        return version == null ? WireVersion.DEFAULT : version;
    }
}
