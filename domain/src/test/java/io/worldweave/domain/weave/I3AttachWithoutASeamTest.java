package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.turn.TestTurns;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnLimits;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * I3 Attach without a seam: what is committed before, between and after the steps of attaching is
 * given exactly once, in the snapshot or after it. {@link I2ChainTest} attaches at random.
 */
class I3AttachWithoutASeamTest {
    private static final int COMMITS = 20_000;

    private final VirtualScheduler time = new VirtualScheduler();
    private final Node node = new Node(time);
    private final Replica bob = new Replica(Node.BOB);
    private final List<Long> given = new ArrayList<>();
    private int ticks;

    private void commit(int count) {
        for (int i = 0; i < count; i++) {
            node.commit(new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(++ticks)));
        }
    }

    private void takeAll(Subscription stream) {
        Frame frame;
        while ((frame = stream.poll()) != null) {
            if (frame instanceof Frame.WorldUpdate update) {
                given.add(update.cursor().world().revision());
            }
            bob.take(frame);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,0,3", "0,3,0", "3,0,0", "2,2,2"})
    void aNewStreamGivesItsSnapshotAndEachLaterRevisionOnce(int before, int between, int after) {
        commit(before);
        Subscription stream = node.watch(Node.BOB, null);
        commit(between);
        Frame first = stream.poll();
        commit(after);

        assertThat(first).isInstanceOf(Frame.Snapshot.class);
        bob.take(first);
        takeAll(stream);
        bob.assertSees(node.world.head());
        assertThat(given)
                .as("the snapshot has what was committed before it was given")
                .hasSize(after);
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,0,3", "0,3,0", "3,0,0", "2,2,2"})
    void aStreamTakenUpAgainGivesEachMissedRevisionOnce(int before, int between, int after) {
        Subscription stream = node.watch(Node.BOB, null);
        takeAll(stream);
        stream.close();
        commit(before);
        Subscription again = node.watch(Node.BOB, bob.cursor());
        commit(between);
        Frame first = again.poll();
        commit(after);

        if (first != null) {
            bob.take(first);
            given.add(bob.version().revision());
        }
        takeAll(again);
        bob.assertSees(node.world.head());
        assertThat(bob.snapshots()).isEqualTo(1);
        assertThat(given).hasSize(before + between + after).doesNotHaveDuplicates().isSorted();
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,0,3", "0,3,0", "3,0,0", "2,2,2"})
    void aTurnsStreamGivesEachRevisionSinceTheTurnBeganOnce(int before, int between, int after) {
        commit(1);
        Turn turn = TestTurns.begin(node.world, Node.BOB, time, TurnLimits.DEFAULT);
        Replica client = new Replica(Node.BOB, node.world.head());
        commit(before);
        Subscription stream = node.follow(turn, null);
        commit(between);
        client.take(stream.poll());
        commit(after);

        client.takeAll(stream);

        assertThat(client.updates()).isEqualTo(before + between + after);
        client.assertSees(node.world.head());
    }

    /** What is committed while a stream looks whether anything waits is given as it is. */
    @Test
    void aStreamIsNeverGivenASnapshotInThePlaceOfWhatIsCommittedWhileItLooks() throws Exception {
        Subscription stream = node.watch(Node.BOB, null);
        bob.take(Objects.requireNonNull(stream.poll()));
        AtomicLong seen = new AtomicLong();
        Thread other =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            for (int i = 0; i < COMMITS; i++) {
                                while (i > seen.get() + 10) {
                                    Thread.onSpinWait();
                                }
                                commit(1);
                            }
                        });
        while (seen.get() < COMMITS) {
            Frame frame = stream.poll();
            if (frame != null) {
                assertThat(frame).isNotInstanceOf(Frame.Snapshot.class);
                bob.take(frame);
                seen.set(bob.version().revision());
            }
        }
        other.join();
        bob.assertSees(node.world.head());
    }
}
