package io.worldweave.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.kit.ContractRun;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The contract of turn buses on the one of one process, and on broken ones, where it fails. */
class LocalTurnBusTest implements TurnBusContract {
    private static final ScopedValue<Fault> FAULT = ScopedValue.newInstance();

    private final LocalTurnBus bus = new LocalTurnBus();

    @Override
    public TurnBus joinTurns() {
        return bus.join();
    }

    @Override
    public void settleTurns() {
        // heard at once
    }

    /** One thing that a turn bus may get wrong. */
    enum Fault {
        LOSES_STOPS,
        ECHOES,
        KEEPS_CLOSED_INTERESTS,
        NEVER_KNOWS_THAT_NOBODY_LISTENS,
        ALWAYS_SAYS_THAT_NOBODY_LISTENS
    }

    /** The contract on a broken bus; run by these tests only. */
    static final class OnABrokenBus implements TurnBusContract {
        private final Fault fault = FAULT.get();
        private final LocalTurnBus bus = new LocalTurnBus();

        @Override
        public TurnBus joinTurns() {
            TurnBus own = bus.join();
            return new TurnBus() {
                @Override
                public void publish(TurnNews news) {
                    if (fault != Fault.LOSES_STOPS || !(news instanceof TurnNews.Stopped)) {
                        (fault == Fault.ECHOES ? bus.join() : own).publish(news);
                    }
                }

                @Override
                public void ask(TurnNews.Watched question, Runnable nobody) {
                    own.ask(
                            question,
                            fault == Fault.NEVER_KNOWS_THAT_NOBODY_LISTENS ? () -> {} : nobody);
                    if (fault == Fault.ALWAYS_SAYS_THAT_NOBODY_LISTENS) {
                        nobody.run();
                    }
                }

                @Override
                public Bus.Interest listen(
                        ConversationId conversation, Consumer<TurnNews> listener) {
                    Bus.Interest interest = own.listen(conversation, listener);
                    return fault == Fault.KEEPS_CLOSED_INTERESTS ? () -> {} : interest;
                }
            };
        }

        @Override
        public void settleTurns() {
            // heard at once
        }
    }

    @Test
    void everyTestOfTheContractFailsOnSomeBrokenBusAndOnEachSomeDo() {
        Set<String> failures = new TreeSet<>();
        for (Fault fault : Fault.values()) {
            Set<String> failed =
                    ScopedValue.where(FAULT, fault)
                            .call(() -> ContractRun.of(OnABrokenBus.class))
                            .failures();
            assertThat(failed).as("on a bus that %s", fault).isNotEmpty();
            failures.addAll(failed);
        }

        assertThat(failures).isEqualTo(ContractRun.testsOf(TurnBusContract.class));
    }
}
