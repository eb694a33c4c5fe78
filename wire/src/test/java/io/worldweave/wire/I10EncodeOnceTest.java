package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.live.Projection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** I10: a projection is encoded once for each version, however many streams are shown it. */
class I10EncodeOnceTest {
    private static final int STREAMS = 1_000;

    @Test
    void manyStreamsShareOneEncoding() {
        Projection taken = Shop.taken();
        for (WireVersion version : WireVersion.values()) {
            Set<EncodedUpdate> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            for (int i = 0; i < STREAMS; i++) {
                seen.add(((Encoding.Encoded) version.encode(taken)).update());
            }
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void onlyTheVersionsDifferFromStreamToStream() {
        EncodedUpdate update = ((Encoding.Encoded) WireVersion.V0_4.encode(Shop.taken())).update();
        Utf8Buffer near = new Utf8Buffer(16);
        Utf8Buffer far = new Utf8Buffer(16);
        update.writeTo(near, 41, 42);
        update.writeTo(far, 7, 9_000_000_000L);
        assertThat(far)
                .hasToString(
                        near.toString()
                                .replace("\"base_version\":41", "\"base_version\":7")
                                .replace(
                                        "\"snapshot_version\":42",
                                        "\"snapshot_version\":9000000000"));
        int versions = ",\"base_version\":41,\"snapshot_version\":42}".length();
        assertThat(near.size()).isEqualTo(update.sharedBytes() + versions);
    }

    @Test
    void aStreamMayAddItsCursorAtTheEnd() {
        EncodedUpdate update = ((Encoding.Encoded) WireVersion.V0_4.encode(Shop.taken())).update();
        Utf8Buffer out = new Utf8Buffer(16);
        update.writeTo(out, 41, 42, "c-1");
        assertThat(out.toString()).endsWith("},\"cursor\":\"c-1\"}");
        assertThat(JsonReader.strict().readObject(out.toByteArray()).text("cursor"))
                .isEqualTo("c-1");
    }
}
