package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.Projection;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * I10 Encode once: streams that are shown the same share one encoding, whatever their versions
 * before.
 */
class I10EncodeOnceTest {
    private int encodings;
    private final Projection.Encoder<String> encoder = projection -> "bytes " + encodings++;

    @Test
    void aHundredViewersOfOneChangeShareOneEncoding() {
        Node node = new Node(new VirtualScheduler());
        List<Subscription> streams =
                IntStream.range(0, 100)
                        .mapToObj(i -> node.watch(new UserId("user" + i), null))
                        .toList();
        streams.forEach(Subscription::poll);
        node.commit(new Change.Add(Part.own(new UserId("user7")), Pointer.ROOT, JsonObject.EMPTY));
        streams.get(7).poll();
        node.commit(new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(1)));

        List<Frame.WorldUpdate> updates =
                streams.stream().map(stream -> (Frame.WorldUpdate) stream.poll()).toList();
        List<String> encoded =
                updates.stream()
                        .map(update -> update.projection().encoded(encoder))
                        .distinct()
                        .toList();

        assertThat(encoded).hasSize(1);
        assertThat(encodings).isEqualTo(1);
        assertThat(updates.get(7).base()).isEqualTo(1);
        assertThat(updates.get(8).base()).isEqualTo(0);
    }

    @Test
    void onlyTheOwnerOfAPartHasAProjectionOfItsOwn() {
        Node node = new Node(new VirtualScheduler());
        Subscription toAlice = node.watch(Node.ALICE, null);
        Subscription toBob = node.watch(Node.BOB, null);
        toAlice.poll();
        toBob.poll();
        node.commit(
                new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(1)),
                new Change.Add(Part.own(Node.ALICE), Pointer.ROOT, JsonObject.EMPTY));

        Projection alices = ((Frame.WorldUpdate) toAlice.poll()).projection();
        Projection bobs = ((Frame.WorldUpdate) toBob.poll()).projection();

        assertThat(alices.changes()).hasSize(2);
        assertThat(bobs.changes()).hasSize(1);
    }
}
