package io.worldweave.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.kit.ContractRun;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of narrators fails on broken ones, and each of its tests on at least one. */
class BrokenNarratorsTest {
    private static final ScopedValue<Fault> FAULT = ScopedValue.newInstance();

    /** One thing that a narrator may get wrong. */
    enum Fault {
        HAS_NO_NAME,
        SAYS_NOTHING,
        NEVER_COMPLETES,
        COMPLETES_TWICE,
        IGNORES_DEMAND,
        IGNORES_CANCEL,
        TAKES_ANY_DEMAND,
        KNOWS_ONE_LISTENER
    }

    /** A narrator of three chunks with one fault. */
    private static final class Broken implements Narrator {
        private final Fault fault = FAULT.get();
        private int texts;

        @Override
        public String model(Tier tier) {
            return fault == Fault.HAS_NO_NAME ? "" : "broken";
        }

        @Override
        public Flow.Publisher<Narration> narrate(Scene scene) {
            return listener -> listener.onSubscribe(new Text(listener, texts++ > 0));
        }

        private final class Text implements Flow.Subscription {
            private final Flow.Subscriber<? super Narration> listener;
            private final boolean another;
            private int left = fault == Fault.SAYS_NOTHING ? 0 : 3;
            private boolean over;

            Text(Flow.Subscriber<? super Narration> listener, boolean another) {
                this.listener = listener;
                this.another = another;
            }

            @Override
            public void request(long count) {
                if (over || (another && fault == Fault.KNOWS_ONE_LISTENER)) {
                    return;
                }
                if (count <= 0 && fault != Fault.TAKES_ANY_DEMAND) {
                    over = true;
                    listener.onError(new IllegalArgumentException("demand " + count));
                    return;
                }
                long asked = fault == Fault.IGNORES_DEMAND ? 3 : count;
                for (; asked > 0 && left > 0; asked--) {
                    left--;
                    listener.onNext(new Narration.Words("word "));
                }
                if (left == 0) {
                    over = true;
                    complete();
                }
            }

            private void complete() {
                if (fault != Fault.NEVER_COMPLETES) {
                    listener.onComplete();
                }
                if (fault == Fault.COMPLETES_TWICE) {
                    listener.onComplete();
                }
            }

            @Override
            public void cancel() {
                over = over || fault != Fault.IGNORES_CANCEL;
            }
        }
    }

    /** The contract on a broken narrator; run by these tests only. */
    static final class OnABrokenNarrator implements NarratorContract {
        @Override
        public Narrator narrator() {
            return new Broken();
        }

        @Override
        public void settle() {
            // written at once
        }
    }

    private static Set<String> failuresOf(Fault fault) {
        return ScopedValue.where(FAULT, fault)
                .call(() -> ContractRun.of(OnABrokenNarrator.class))
                .failures();
    }

    @ParameterizedTest
    @EnumSource
    void theContractFailsOnANarratorThat(Fault fault) {
        assertThat(failuresOf(fault)).isNotEmpty();
    }

    @Test
    void everyTestOfTheContractFailsOnSomeBrokenNarrator() {
        Set<String> failures = new TreeSet<>();
        for (Fault fault : Fault.values()) {
            failures.addAll(failuresOf(fault));
        }

        assertThat(failures).isEqualTo(ContractRun.testsOf(NarratorContract.class));
    }
}
