package io.worldweave.domain.live;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.store.ForwardingWorldStore;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What bears an idempotency key is made once, however often and wherever it is asked for. */
class OnceTest {
    private static final WorldId SHOP = new WorldId.Shared(new ExperienceId("shop"));
    private static final UserId ALICE = new UserId("alice");
    private static final IdempotencyKey KEY = new IdempotencyKey(ALICE, "one");

    private final VirtualScheduler time = new VirtualScheduler();
    private final MemoryWorldStore store = new MemoryWorldStore();
    private final Worlds here = worlds();

    private Worlds worlds() {
        return new Worlds(store, new LocalBus().join(), time, LiveLimits.DEFAULT);
    }

    private static LiveWorld shop(Worlds worlds) {
        return worlds.open(SHOP, () -> JsonObject.of("clock", Json.of(0)));
    }

    private static Once<String> tick(Worlds worlds, IdempotencyKey key) {
        return worlds.commitOnce(
                shop(worlds), Actor.of(ALICE), key, state -> ticked(key, clock(state) + 1));
    }

    private static Proposal<String> ticked(IdempotencyKey key, long next) {
        Change change = new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(next));
        JsonObject answer = JsonObject.of("clock", Json.of(next));
        return new Proposal<>(
                List.of(change), "tick", "tock " + next, new Receipt(key, "tick", answer));
    }

    private static long clock(WorldState state) {
        return Long.parseLong(requireNonNull(state.shared().content().get("clock")).toString());
    }

    @Test
    void aRepetitionIsAnsweredWithTheFirstAnswerAndChangesNothing() {
        assertThat(tick(here, KEY))
                .isEqualTo(
                        new Once.First<>(
                                new Commitment.Made<>("tock 1", shop(here).head().position())));

        Once.Repeated<String> repeated = (Once.Repeated<String>) tick(here, KEY);

        assertThat(repeated.receipt().answer()).isEqualTo(JsonObject.of("clock", Json.of(1)));
        assertThat(repeated.position()).isEqualTo(shop(here).head().position());
        assertThat(clock(shop(here).head())).isEqualTo(1);
    }

    @Test
    void aKeyOfAnotherUserIsAnotherKey() {
        tick(here, KEY);

        assertThat(tick(here, new IdempotencyKey(new UserId("bob"), "one")))
                .isInstanceOf(Once.First.class);
        assertThat(clock(shop(here).head())).isEqualTo(2);
    }

    @Test
    void aRepetitionOnAnotherNodeIsFoundAndSeenThere() {
        Worlds there = worlds();
        LiveWorld seen = shop(there);
        tick(here, KEY);

        Once.Repeated<String> repeated = (Once.Repeated<String>) tick(there, KEY);

        assertThat(repeated.position()).isEqualTo(shop(here).head().position());
        assertThat(seen.head().position()).isEqualTo(repeated.position());
    }

    /**
     * While this node asks for the key, another one commits under it, and this one hears of that.
     */
    @Test
    void whatIsCommittedElsewhereWhileTheKeyIsAskedForIsNotMadeAgain() {
        LocalBus bus = new LocalBus();
        Worlds there = new Worlds(store, bus.join(), time, LiveLimits.DEFAULT);
        List<Runnable> meanwhile = new ArrayList<>(List.of(() -> tick(there, KEY)));
        WorldStore asked =
                new ForwardingWorldStore(store) {
                    @Override
                    public Map<IdempotencyKey, Receipt> receipts(
                            WorldId world, Set<IdempotencyKey> keys) {
                        Map<IdempotencyKey, Receipt> found = super.receipts(world, keys);
                        if (!meanwhile.isEmpty()) {
                            meanwhile.removeFirst().run();
                        }
                        return found;
                    }
                };
        Worlds hearing = new Worlds(asked, bus.join(), time, LiveLimits.DEFAULT);
        LiveWorld world = shop(hearing);

        Once<String> once = tick(hearing, KEY);

        assertThat(once).isInstanceOf(Once.Repeated.class);
        assertThat(clock(world.head())).isEqualTo(1);
        assertThat(store.position(SHOP).revision()).isEqualTo(1);
    }

    @Test
    void aCommitThatLostToAnotherNodeIsMadeInTurnAndNeverLosesAgain() {
        List<String> asked = new ArrayList<>();
        Worlds there = worlds();
        WorldStore overtaken =
                new ForwardingWorldStore(store) {
                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        tick(there, new IdempotencyKey(ALICE, "other"));
                        asked.add("commit");
                        return super.commit(world, base, deltas);
                    }

                    @Override
                    public Outcome commitInTurn(
                            WorldId world,
                            Position known,
                            Function<List<Delta>, List<Delta>> decide) {
                        asked.add("in turn");
                        return super.commitInTurn(world, known, decide);
                    }
                };
        Worlds slow = new Worlds(overtaken, new LocalBus().join(), time, LiveLimits.DEFAULT);

        assertThat(tick(slow, KEY)).isInstanceOf(Once.First.class);

        assertThat(asked).containsExactly("commit", "in turn");
        assertThat(clock(shop(slow).head())).isEqualTo(2);
    }

    @Test
    void aRequestThatIsStillAtWorkIsNotBegunASecondTime() {
        List<Once<String>> inside = new ArrayList<>();

        here.commitOnce(
                shop(here),
                Actor.of(ALICE),
                KEY,
                _ -> {
                    inside.add(tick(here, KEY));
                    return ticked(KEY, 1);
                });

        assertThat(inside).containsExactly(new Once.InProgress<>());
        assertThat(clock(shop(here).head())).isEqualTo(1);
    }

    @Test
    void aRequestThatFailedMayBeRepeated() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        here.commitOnce(
                                shop(here),
                                Actor.of(ALICE),
                                KEY,
                                _ -> {
                                    throw new IllegalStateException("no");
                                }));

        assertThat(tick(here, KEY)).isInstanceOf(Once.First.class);
    }

    @Test
    void commandsThatAreRetriedOnAnyOfThreeNodesAreMadeOnce() {
        Seeded.times(100, OnceTest::retryOnThreeNodes);
    }

    private static void retryOnThreeNodes(Random random) {
        OnceTest shared = new OnceTest();
        List<Worlds> nodes = List.of(shared.worlds(), shared.worlds(), shared.worlds());
        int keys = 1 + random.nextInt(20);
        for (int i = 0; i < 100; i++) {
            int key = random.nextInt(keys);
            tick(nodes.get(random.nextInt(3)), new IdempotencyKey(ALICE, "key " + key));
            shared.time.advance(Duration.ofMillis(random.nextInt(300)));
        }
        for (int key = 0; key < keys; key++) {
            tick(nodes.get(random.nextInt(3)), new IdempotencyKey(ALICE, "key " + key));
        }
        assertThat(shared.store.position(SHOP).revision()).isEqualTo(keys);
    }

    @Test
    void aWorldThatBeginsAnewIsSeenByWhoWatchesItHereAndElsewhere() {
        Worlds there = worlds();
        LiveWorld seen = shop(there);
        int[] woken = {0};
        seen.watch(() -> woken[0]++);
        tick(here, KEY);
        WorldState first = requireNonNull(here.at(shop(here), 0));
        Position before = shop(here).head().position();

        Position begin = here.restart(shop(here), first);
        time.advance(LiveLimits.DEFAULT.headCheck().multipliedBy(2));

        assertThat(begin.epoch()).isNotEqualTo(before.epoch());
        assertThat(shop(here).head()).isEqualTo(first.begunAnew(begin));
        assertThat(seen.head()).isEqualTo(first.begunAnew(begin));
        assertThat(woken[0]).isPositive();
        assertThat(here.since(shop(here), before)).isEqualTo(new Since.Gone(begin));
        assertThat(tick(here, KEY)).isInstanceOf(Once.First.class);
    }
}
