package io.worldweave.app;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import io.worldweave.domain.broken.KeepsItsOwnTime;
import io.worldweave.domain.broken.KnowsAnAdapter;
import io.worldweave.domain.broken.StartsThreads;
import io.worldweave.domain.broken.TouchesFiles;
import io.worldweave.domain.broken.UsesTheContainer;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrows point inward: who may know whom, and what the domain must do without. */
class ArchitectureTest {
    private static final String DOMAIN = "io.worldweave.domain..";
    private static final String WIRE = "io.worldweave.wire..";
    private static final String APP = "io.worldweave.app..";

    /** Each module with the package that is its own; a new module is added here. */
    private static final Map<String, String> MODULES =
            Map.of(
                    "domain", "io.worldweave.domain",
                    "wire", "io.worldweave.wire",
                    "adapters-filestore", "io.worldweave.filestore",
                    "adapters-database", "io.worldweave.database",
                    "adapters-narrator", "io.worldweave.narrator",
                    "adapters-nats", "io.worldweave.nats",
                    "adapters-sse", "io.worldweave.sse",
                    "adapters-websocket", "io.worldweave.websocket",
                    "app", "io.worldweave.app");

    /** They use the others, and nobody knows them. */
    private static final Set<String> UNRULED = Set.of("bench", "tools");

    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(ArchitectureTest::isMainCode)
                    .importPackages("io.worldweave");

    static final ArchRule THE_DOMAIN_KNOWS_NOBODY =
            classes()
                    .that()
                    .resideInAPackage(DOMAIN)
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(DOMAIN, "java..", "org.jspecify.annotations.."));

    static final ArchRule THE_DOMAIN_DOES_NO_IO =
            noClasses()
                    .that()
                    .resideInAPackage(DOMAIN)
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "java.io..",
                                            "java.nio.file..",
                                            "java.nio.channels..",
                                            "java.net..",
                                            "java.sql..")
                                    // What every exception and every serialisable lambda is.
                                    .and(
                                            DescribedPredicate.not(
                                                    assignableToExactly(Serializable.class))));

    static final ArchRule THE_DOMAIN_HAS_NO_THREADS =
            noClasses()
                    .that()
                    .resideInAPackage(DOMAIN)
                    .should()
                    .dependOnClassesThat(
                            assignableTo(Thread.class)
                                    .or(assignableTo(Executor.class))
                                    .or(assignableToExactly(java.util.concurrent.Executors.class))
                                    .or(assignableTo(java.util.concurrent.ThreadFactory.class))
                                    .or(assignableTo(java.util.Timer.class)))
                    .orShould()
                    .accessTargetWhere(
                            accesses(
                                    "java.util.concurrent.CompletableFuture",
                                    ".*Async|orTimeout|.*OnTimeout"))
                    .orShould()
                    .accessTargetWhere(accesses("java\\.util\\..*", "parallelStream|parallel"));

    static final ArchRule THE_DOMAIN_HAS_NO_CLOCK =
            noClasses()
                    .that()
                    .resideInAPackage(DOMAIN)
                    .should()
                    .accessTargetWhere(
                            accesses("java\\.lang\\.System", "currentTimeMillis|nanoTime"))
                    .orShould()
                    .accessTargetWhere(accesses("java\\.time\\..*", "now|system.*|tick.*"));

    static final ArchRule WIRE_KNOWS_THE_DOMAIN_AND_THE_PARSER =
            classes()
                    .that()
                    .resideInAPackage(WIRE)
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                    WIRE,
                                    DOMAIN,
                                    "java..",
                                    // The code by which a cursor is known as one's own.
                                    "javax.crypto..",
                                    "org.jspecify.annotations..",
                                    "com.fasterxml.jackson.core.."))
                    .allowEmptyShould(true);

    @ParameterizedTest
    @FieldSource("INNER_RULES")
    void theInnerModulesKeepTheirRules(ArchRule rule) {
        rule.check(CODE);
    }

    static final List<ArchRule> INNER_RULES =
            List.of(
                    THE_DOMAIN_KNOWS_NOBODY,
                    THE_DOMAIN_DOES_NO_IO,
                    THE_DOMAIN_HAS_NO_THREADS,
                    THE_DOMAIN_HAS_NO_CLOCK,
                    WIRE_KNOWS_THE_DOMAIN_AND_THE_PARSER);

    @ParameterizedTest
    @MethodSource("adapters")
    void anAdapterKnowsNoOtherAdapterAndNotTheApp(String adapter) {
        String[] forbidden =
                Stream.concat(
                                adapters().filter(other -> !other.equals(adapter)),
                                Stream.of("io.worldweave.app"))
                        .map(name -> name + "..")
                        .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(adapter + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden))
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void nobodyKnowsTheApp() {
        noClasses()
                .that()
                .resideOutsideOfPackage(APP)
                .should()
                .dependOnClassesThat(resideInAPackage(APP))
                .check(CODE);
    }

    @Test
    void everyModuleIsRuled() throws IOException {
        Set<String> modules = new TreeSet<>(MODULES.keySet());
        modules.addAll(UNRULED);

        assertThat(folders()).isEqualTo(modules);
    }

    /** The sources are the truth: whatever lies there must have been looked at. */
    @Test
    void everyPackageWasSeen() throws IOException {
        Set<String> seen =
                CODE.stream().map(JavaClass::getPackageName).collect(toCollection(TreeSet::new));
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            Set<String> written = packagesWrittenIn(module.getKey());

            assertThat(seen).as("packages of " + module.getKey()).containsAll(written);
            assertThat(written)
                    .as("packages of " + module.getKey())
                    .allMatch(name -> (name + ".").startsWith(module.getValue() + "."));
            assertThat(written).as("packages of " + module.getKey()).isNotEmpty();
        }
    }

    @Test
    void testsWereLeftOut() {
        assertThat(CODE.stream().filter(JavaClass::isTopLevelClass).map(JavaClass::getSimpleName))
                .noneMatch(name -> name.endsWith("Test") || name.endsWith("IT"))
                .doesNotContain(TouchesFiles.class.getSimpleName());
    }

    @ParameterizedTest
    @MethodSource("brokenCode")
    void eachRuleFindsWhatBreaksIt(ArchRule rule, Class<?> broken) {
        JavaClasses code = new ClassFileImporter().importClasses(broken);

        assertThat(rule.evaluate(code).hasViolation()).isTrue();
    }

    static Stream<Arguments> brokenCode() {
        return Stream.of(
                Arguments.of(THE_DOMAIN_KNOWS_NOBODY, UsesTheContainer.class),
                Arguments.of(THE_DOMAIN_KNOWS_NOBODY, KnowsAnAdapter.class),
                Arguments.of(THE_DOMAIN_DOES_NO_IO, TouchesFiles.class),
                Arguments.of(THE_DOMAIN_HAS_NO_THREADS, StartsThreads.ByHand.class),
                Arguments.of(THE_DOMAIN_HAS_NO_THREADS, StartsThreads.ByExecutor.class),
                Arguments.of(THE_DOMAIN_HAS_NO_THREADS, StartsThreads.ByFuture.class),
                Arguments.of(THE_DOMAIN_HAS_NO_THREADS, StartsThreads.ByStream.class),
                Arguments.of(THE_DOMAIN_HAS_NO_CLOCK, KeepsItsOwnTime.InMillis.class),
                Arguments.of(THE_DOMAIN_HAS_NO_CLOCK, KeepsItsOwnTime.InNanos.class),
                Arguments.of(THE_DOMAIN_HAS_NO_CLOCK, KeepsItsOwnTime.ByReference.class),
                Arguments.of(THE_DOMAIN_HAS_NO_CLOCK, KeepsItsOwnTime.AsInstant.class),
                Arguments.of(THE_DOMAIN_HAS_NO_CLOCK, KeepsItsOwnTime.ByClock.class));
    }

    static Stream<String> adapters() {
        return MODULES.entrySet().stream()
                .filter(module -> module.getKey().startsWith("adapters-"))
                .map(Map.Entry::getValue)
                .sorted();
    }

    private static DescribedPredicate<JavaClass> assignableToExactly(Class<?> type) {
        return DescribedPredicate.describe(
                "are " + type.getName(), candidate -> candidate.isEquivalentTo(type));
    }

    private static DescribedPredicate<JavaAccess<?>> accesses(String owner, String methods) {
        return target(owner(nameMatching(owner))).and(target(nameMatching(methods)));
    }

    private static boolean isMainCode(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-test-kit.jar");
    }

    private static Path root() {
        return Path.of("").toAbsolutePath().getParent();
    }

    private static Set<String> folders() throws IOException {
        try (Stream<Path> children = Files.list(root())) {
            return children.filter(child -> Files.exists(child.resolve("pom.xml")))
                    .map(child -> child.getFileName().toString())
                    .collect(toCollection(TreeSet::new));
        }
    }

    private static Set<String> packagesWrittenIn(String module) throws IOException {
        Path sources = root().resolve(module).resolve("src/main/java");
        if (!Files.exists(sources)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                    .collect(toSet());
        }
    }
}
