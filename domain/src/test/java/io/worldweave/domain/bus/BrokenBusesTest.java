package io.worldweave.domain.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.kit.ContractRun;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of buses fails on broken ones, and each of its tests on at least one. */
class BrokenBusesTest {
    private static final ScopedValue<Fault> FAULT = ScopedValue.newInstance();

    /** One thing that a bus may get wrong. */
    enum Fault {
        LOSES_EVERY_SECOND,
        CARRIES_COMMITS_ONLY,
        ECHOES,
        IGNORES_THE_WORLD,
        KEEPS_CLOSED_INTERESTS,
        LETS_FAILURES_OUT,
        KEEPS_NODES_THAT_LEFT,
        LOSES_WHAT_OTHERS_SAY,
        IGNORES_THE_USER,
        KEEPS_CLOSED_INTERESTS_IN_USERS
    }

    /** A bus with one fault. */
    private static final class Broken {
        private final Fault fault = FAULT.get();
        private final List<Node> nodes = new ArrayList<>();
        private int published;

        private record Ear(Node node, WorldId world, Consumer<News> listener) {}

        private record Follower(UserId user, Consumer<Heard> listener) {}

        private final class Node implements Bus {
            private final List<Ear> ears = new ArrayList<>();
            private final List<Follower> followers = new ArrayList<>();
            private boolean left;

            @Override
            public void publish(News news) {
                if (fault == Fault.LOSES_EVERY_SECOND && published++ % 2 == 1) {
                    return;
                }
                if (fault == Fault.CARRIES_COMMITS_ONLY && !(news instanceof News.Committed)) {
                    return;
                }
                if (left) {
                    return;
                }
                for (Node node : nodes) {
                    if (node != this || fault == Fault.ECHOES) {
                        List.copyOf(node.ears).forEach(ear -> hear(ear, news));
                    }
                }
            }

            private void hear(Ear ear, News news) {
                if (!ear.world().equals(news.world()) && fault != Fault.IGNORES_THE_WORLD) {
                    return;
                }
                try {
                    ear.listener().accept(news);
                } catch (IllegalStateException failure) {
                    if (fault == Fault.LETS_FAILURES_OUT) {
                        throw failure;
                    }
                }
            }

            @Override
            public Interest listen(WorldId world, Consumer<News> listener) {
                Ear ear = new Ear(this, world, listener);
                ears.add(ear);
                return () -> {
                    if (fault != Fault.KEEPS_CLOSED_INTERESTS) {
                        ears.remove(ear);
                    }
                };
            }

            @Override
            public Interest listen(
                    UserId user,
                    WorldId world,
                    @Nullable EventPosition since,
                    Consumer<Heard> listener) {
                Follower follower = new Follower(user, listener);
                followers.add(follower);
                return () -> {
                    if (fault != Fault.KEEPS_CLOSED_INTERESTS_IN_USERS) {
                        followers.remove(follower);
                    }
                };
            }

            void hear(UserId user, OutsideEvent event) {
                for (Follower follower : List.copyOf(followers)) {
                    if (follower.user().equals(user) || fault == Fault.IGNORES_THE_USER) {
                        follower.listener().accept(new Heard.Said(event, null));
                    }
                }
            }

            @Override
            public void close() {
                if (fault != Fault.KEEPS_NODES_THAT_LEFT) {
                    ears.clear();
                    left = true;
                }
            }
        }

        Bus join() {
            Node node = new Node();
            nodes.add(node);
            return node;
        }
    }

    /** The contract on a broken bus; run by these tests only. */
    static final class OnABrokenBus implements OutsideBusContract {
        private final Broken bus = new Broken();

        @Override
        public Bus join() {
            return bus.join();
        }

        @Override
        public void settle() {
            // heard at once
        }

        @Override
        public void say(UserId user, String json) {
            if (bus.fault != Fault.LOSES_WHAT_OTHERS_SAY && !json.contains("metadata")) {
                OutsideEvent event = new OutsideEvent(OutsideBusContract.content(json));
                bus.nodes.forEach(node -> node.hear(user, event));
            }
        }
    }

    private static Set<String> failuresOf(Fault fault) {
        return ScopedValue.where(FAULT, fault)
                .call(() -> ContractRun.of(OnABrokenBus.class))
                .failures();
    }

    @ParameterizedTest
    @EnumSource
    void theContractFailsOnABusThat(Fault fault) {
        assertThat(failuresOf(fault)).isNotEmpty();
    }

    @Test
    void everyTestOfTheContractFailsOnSomeBrokenBus() {
        Set<String> failures = new TreeSet<>();
        for (Fault fault : Fault.values()) {
            failures.addAll(failuresOf(fault));
        }

        assertThat(failures)
                .isEqualTo(ContractRun.testsOf(BusContract.class, OutsideBusContract.class));
    }
}
