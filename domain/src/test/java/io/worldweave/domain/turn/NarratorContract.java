package io.worldweave.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.command.Glade;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldState;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every narrator promises. An adapter's test implements it with its own narrator. */
public interface NarratorContract {
    /** Returns a narrator that has several chunks to write about any scene. */
    Narrator narrator();

    /** Waits until the narrator has written all that it will write now. */
    void settle();

    /** Returns a scene in which the player looked around. */
    static Scene scene() {
        return new Scene(
                Glade.experience(),
                new Identity(new UserId("alice"), Set.of()),
                "look",
                new ActionResult(
                        "look",
                        true,
                        "success",
                        "Shelves to the ceiling, and on every shelf a bottle that hums to itself.",
                        null,
                        JsonObject.EMPTY,
                        JsonObject.EMPTY),
                WorldState.initial("epoch", JsonObject.EMPTY),
                Brief.NONE);
    }

    private Reader read() {
        Reader reader = new Reader();
        narrator().narrate(scene()).subscribe(reader);
        return reader;
    }

    @Test
    default void itHasAName() {
        for (Tier tier : Tier.values()) {
            assertThat(narrator().model(tier)).isNotBlank();
        }
    }

    @Test
    default void itWritesTextInChunksAndCompletesOnce() {
        Reader reader = read();
        reader.request(Long.MAX_VALUE);
        settle();

        assertThat(reader.chunks()).hasSizeGreaterThan(1).doesNotContain("");
        assertThat(reader.endings()).isEqualTo(1);
        assertThat(reader.failures()).isZero();
    }

    @Test
    default void itWritesNoMoreThanIsAskedFor() {
        Reader reader = read();
        settle();
        assertThat(reader.chunks()).isEmpty();
        reader.request(1);
        settle();
        assertThat(reader.chunks()).hasSize(1);
        reader.request(1);
        settle();
        assertThat(reader.chunks()).hasSize(2);
    }

    @Test
    default void itIsSilentOnceItIsCancelled() {
        Reader reader = read();
        reader.request(1);
        settle();
        reader.cancel();
        reader.request(Long.MAX_VALUE);
        settle();

        assertThat(reader.chunks()).hasSize(1);
        assertThat(reader.endings()).isZero();
    }

    @Test
    default void aDemandThatIsNotPositiveIsAFailure() {
        Reader reader = read();
        reader.request(0);
        settle();

        assertThat(reader.failures()).isEqualTo(1);
        assertThat(reader.chunks()).isEmpty();
        assertThat(reader.endings()).isEqualTo(1);
    }

    @Test
    default void twoTextsDoNotDisturbEachOther() {
        Narrator narrator = narrator();
        Reader first = new Reader();
        Reader second = new Reader();
        narrator.narrate(scene()).subscribe(first);
        narrator.narrate(scene()).subscribe(second);
        first.cancel();
        second.request(Long.MAX_VALUE);
        settle();

        assertThat(first.chunks()).isEmpty();
        assertThat(second.endings()).isEqualTo(1);
    }
}
