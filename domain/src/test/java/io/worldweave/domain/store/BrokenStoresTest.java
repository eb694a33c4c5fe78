package io.worldweave.domain.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.kit.ContractRun;
import io.worldweave.domain.store.BrokenStore.Fault;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of stores fails on broken ones, and each of its tests on at least one. */
final class BrokenStoresTest {
    private static final ScopedValue<Fault> FAULT = ScopedValue.newInstance();

    /** The contract is run once on each, for that takes seconds. */
    private static final Map<Fault, Set<String>> FAILURES = new ConcurrentHashMap<>();

    /** The contract on a broken store; run by these tests only. */
    static final class OnABrokenStore implements SharedWorldStoreContract {
        @Override
        public WorldStore store() {
            return FAULT.get().breaking(new MemoryWorldStore());
        }

        @Override
        public WorldStore reopen(WorldStore store) {
            return FAULT.get().reopen((BrokenStore) store);
        }

        @Override
        public WorldStore another(WorldStore store) {
            return FAULT.get().another((BrokenStore) store);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theContractFailsOnAStoreThat(Fault fault) {
        assertThat(failuresOf(fault)).isNotEmpty();
    }

    @Test
    void everyTestOfTheContractFailsOnSomeBrokenStore() {
        Set<String> failures = new TreeSet<>();
        for (Fault fault : Fault.values()) {
            failures.addAll(failuresOf(fault));
        }

        assertThat(failures).containsExactlyInAnyOrderElementsOf(testsOfTheContract());
    }

    private static Set<String> failuresOf(Fault fault) {
        return FAILURES.computeIfAbsent(fault, BrokenStoresTest::run);
    }

    private static Set<String> run(Fault fault) {
        ContractRun run =
                ScopedValue.where(FAULT, fault).call(() -> ContractRun.of(OnABrokenStore.class));
        assertThat(run.tests()).as("tests that were run").isEqualTo(testsOfTheContract().size());
        return run.failures();
    }

    private static Set<String> testsOfTheContract() {
        return ContractRun.testsOf(
                WorldStoreContract.class,
                DurableWorldStoreContract.class,
                SharedWorldStoreContract.class);
    }
}
