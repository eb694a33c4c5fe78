package io.worldweave.domain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.worldweave.domain.store.BrokenStore.Fault;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract of stores fails on broken ones, and each of its tests on at least one. */
final class BrokenStoresTest {
    private static final ScopedValue<Fault> FAULT = ScopedValue.newInstance();

    /** The contract on a broken store; run by these tests only. */
    static final class OnABrokenStore implements DurableWorldStoreContract {
        @Override
        public WorldStore store() {
            return FAULT.get().breaking(new MemoryWorldStore());
        }

        @Override
        public WorldStore reopen(WorldStore store) {
            return FAULT.get().reopen((BrokenStore) store);
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
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(OnABrokenStore.class))
                        .build();
        Failures failures = new Failures();
        ScopedValue.where(FAULT, fault)
                .run(() -> LauncherFactory.create().execute(request, failures));
        assertThat(failures.tests).as("tests that were run").isEqualTo(testsOfTheContract().size());
        return failures.names;
    }

    private static Set<String> testsOfTheContract() {
        return Stream.of(WorldStoreContract.class, DurableWorldStoreContract.class)
                .flatMap(contract -> Arrays.stream(contract.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    /** Notes the names of tests that fail. */
    private static final class Failures implements TestExecutionListener {
        private final Set<String> names = new TreeSet<>();
        private int tests;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.getSource().orElse(null) instanceof MethodSource source) {
                tests++;
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    names.add(source.getMethodName());
                }
            }
        }
    }
}
