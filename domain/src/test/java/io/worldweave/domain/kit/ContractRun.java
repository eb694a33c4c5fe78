package io.worldweave.domain.kit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs a contract on an adapter that is known to be broken, to see the contract fail.
 *
 * @param tests how many of its tests were run
 * @param failures the names of those that failed
 */
public record ContractRun(int tests, Set<String> failures) {

    /** Runs the tests of {@code implementation} on the calling thread. */
    public static ContractRun of(Class<?> implementation) {
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(implementation))
                        .build();
        Notes notes = new Notes();
        LauncherFactory.create().execute(request, notes);
        return new ContractRun(notes.tests, notes.failures);
    }

    /** Returns the names of the tests that the contracts have. */
    public static Set<String> testsOf(Class<?>... contracts) {
        return Stream.of(contracts)
                .flatMap(contract -> Arrays.stream(contract.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static final class Notes implements TestExecutionListener {
        private final Set<String> failures = new TreeSet<>();
        private int tests;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.getSource().orElse(null) instanceof MethodSource source) {
                tests++;
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    failures.add(source.getMethodName());
                }
            }
        }
    }
}
