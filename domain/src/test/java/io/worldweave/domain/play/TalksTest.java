package io.worldweave.domain.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TalksTest {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");

    private final MemoryWorldStore store = new MemoryWorldStore();
    private final Talks talks = node(new Talks.Limits(3, 4, 10, 20));
    private long number;

    private Talks node(Talks.Limits limits) {
        return new Talks(worlds(), limits);
    }

    private Worlds worlds() {
        return new Worlds(store, new LocalBus().join(), new VirtualScheduler(), LiveLimits.DEFAULT);
    }

    private void keep(UserId user, String conversation, String message, String answer) {
        talks.keep(user, conversation, ++number, new Talks.Talk(message, answer));
    }

    private JsonObject profile(UserId user) {
        return worlds().open(new WorldId.Profile(user), () -> JsonObject.EMPTY)
                .head()
                .shared()
                .content();
    }

    @Test
    void whatWasSaidIsKnownAgainAfterARestartInItsOrder() {
        keep(ALICE, "c", "hello", "Hello.");
        keep(ALICE, "c", "who?", "Louisa.");

        assertThat(node(Talks.Limits.DEFAULT).of(ALICE, "c"))
                .containsExactly(
                        new Talks.Talk("hello", "Hello."), new Talks.Talk("who?", "Louisa."));
    }

    @Test
    void nobodyKnowsWhatSomebodyElseSaid() {
        keep(ALICE, "c", "hello", "Hello.");

        assertThat(talks.of(BOB, "c")).isEmpty();
        assertThat(talks.of(ALICE, "d")).isEmpty();
    }

    @Test
    void theOldestTurnsOfAConversationMakeRoom() {
        for (int i = 0; i < 12; i++) {
            keep(ALICE, "c", "m" + i, "a");
        }

        assertThat(talks.of(ALICE, "c"))
                .extracting(Talks.Talk::message)
                .containsExactly("m8", "m9", "m10", "m11");
    }

    @Test
    void theConversationThatRestsLongestMakesRoom() {
        for (String conversation : List.of("a", "b", "c", "a", "d")) {
            keep(ALICE, conversation, "m", "a");
        }

        assertThat(profile(ALICE).object(Talks.MEMBER).names())
                .containsExactlyInAnyOrder("a", "c", "d");
    }

    @Test
    void longTextsAreCutAndNoCharacterIsHalved() {
        keep(ALICE, "c", "123456789🙂x", "short");

        assertThat(talks.of(ALICE, "c")).containsExactly(new Talks.Talk("123456789…", "short"));
    }
}
