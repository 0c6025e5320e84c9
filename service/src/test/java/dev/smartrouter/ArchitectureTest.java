package dev.smartrouter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shape of the service, held against its class files. Each rule is also run on classes that break it
 * ({@code dev.smartrouter.fixture}), because a rule that cannot fail says nothing.
 */
class ArchitectureTest {
    private static final String SERVICE = "dev.smartrouter";
    private static final String FIXTURE = "dev.smartrouter.fixture";
    private static final String ROOT = "";

    /** What each package may use of the others. A package that is not here has no place yet: draw its arrows first. */
    private static final Map<String, Set<String>> USES = Map.ofEntries(
            entry(ROOT, Set.of()),
            entry("tier", Set.of(ROOT)),
            entry("pod", Set.of(ROOT, "tier")),
            entry("http", Set.of()),
            entry("auth", Set.of("http")),
            entry("pool", Set.of(ROOT, "tier", "pod", "http")),
            entry("call", Set.of(ROOT, "tier", "pod", "pool", "http", "auth")),
            entry("config", Set.of(ROOT, "tier", "pool", "http")),
            entry("provider", Set.of(ROOT, "tier", "pod", "pool", "call", "http", "auth")),
            entry("cluster", Set.of(ROOT, "tier", "pod", "pool")),
            entry("verify", Set.of(ROOT, "tier", "pod", "pool")),
            entry("dashboard", Set.of(ROOT, "tier", "pod", "pool", "call", "http")),
            entry("command", Set.of(ROOT, "tier")),
            entry(
                    "app",
                    Set.of(
                            ROOT,
                            "tier",
                            "pod",
                            "pool",
                            "call",
                            "config",
                            "provider",
                            "cluster",
                            "verify",
                            "dashboard",
                            "command",
                            "http",
                            "auth")));

    private static final JavaClasses service = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(SERVICE);
    private static final JavaClasses fixture = new ClassFileImporter().importPackages(FIXTURE);

    @Test
    void theRulesReadTheServiceAndNotItsTests() {
        assertThat(service.contain(CallSid.class)).isTrue();
        assertThat(service.contain(ArchitectureTest.class)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ROOT,
                "tier",
                "pod",
                "http",
                "auth",
                "pool",
                "call",
                "config",
                "provider",
                "cluster",
                "verify",
                "dashboard",
                "command"
            })
    void aPackageUsesOnlyWhatTheDiagramAllows(String name) {
        onlyDownwards(SERVICE, name).check(service);
    }

    /** What a reader sees is what there is: no arrow too few, none too many. */
    @Test
    void theDocumentsPictureIsTrue() throws IOException {
        var drawn = Pattern.compile("(?m)^ {4}(\\w+) --> (\\w+)$")
                .matcher(Files.readString(Path.of("../docs/architecture.md")))
                .results()
                .map(arrow -> arrow.group(1) + " --> " + arrow.group(2))
                .toList();
        var unseen = Set.of(ROOT, "http");
        var real = service.stream()
                .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
                .filter(use -> use.getTargetClass().getPackageName().startsWith(SERVICE))
                .map(use -> Map.entry(name(use.getOriginClass()), name(use.getTargetClass())))
                .filter(use -> !use.getKey().equals(use.getValue()))
                .filter(use -> !unseen.contains(use.getKey()) && !unseen.contains(use.getValue()))
                .map(use -> use.getKey() + " --> " + use.getValue())
                .distinct()
                .toList();
        assertThat(drawn).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(real);
    }

    /** Of its package, without what all have in common. */
    private static String name(JavaClass type) {
        var name = type.getPackageName();
        return name.equals(SERVICE) ? ROOT : name.substring(SERVICE.length() + 1);
    }

    @Test
    void aPackageThatPointsUpwardsIsRefused() {
        refused(onlyDownwards(FIXTURE, "tier"), "fixture.pool.Downwards");
    }

    @Test
    void everyPackageHasItsPlaceInTheDiagram() {
        assertThat(strangers(SERVICE, service)).isEmpty();
        assertThat(strangers(FIXTURE, fixture)).containsExactly("stranger");
    }

    @Test
    void noPackagesFormACycle() {
        noCycles(SERVICE).check(service);
        refused(noCycles(FIXTURE), "Cycle detected");
    }

    @Test
    void onlyPoolKnowsJedis() {
        onlyIn(SERVICE, "pool", "redis.clients..").check(service);
        refused(onlyIn(FIXTURE, "pool", "redis.clients.."), "redis.clients.jedis");
    }

    @Test
    void onlyClusterKnowsKubernetes() {
        onlyIn(SERVICE, "cluster", "io.fabric8..").check(service);
        refused(onlyIn(FIXTURE, "cluster", "io.fabric8.."), "io.fabric8.kubernetes");
    }

    @Test
    void nobodyReadsTheWallClockOrSleeps() {
        noWallClock().check(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.time.Instant.now()",
                "java.time.LocalDateTime.now()",
                "java.time.ZonedDateTime.now()",
                "java.lang.System.currentTimeMillis()",
                "java.util.Date.<init>()",
                "java.lang.Thread.sleep(long)",
                "java.util.concurrent.TimeUnit.sleep(long)"
            })
    void aReadOfTheWallClockOrASleepIsRefused(String access) {
        refused(noWallClock(), access);
    }

    @Test
    void onlyTheApplicationMakesClocksAndTickers() {
        noClockOfItsOwn(SERVICE).check(service);
        refused(noClockOfItsOwn(FIXTURE), "java.lang.System.nanoTime()");
        refused(noClockOfItsOwn(FIXTURE), "java.time.Clock.systemUTC()");
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(unmarked(service)).isEmpty();
        assertThat(unmarked(fixture)).containsExactly(FIXTURE + ".stranger");
    }

    private static void refused(ArchRule rule, String because) {
        assertThatThrownBy(() -> rule.check(fixture))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(because);
    }

    /** Empty packages pass: the diagram may be ahead of the code. */
    private static ArchRule onlyDownwards(String base, String name) {
        var refused = USES.keySet().stream()
                .filter(other -> !other.equals(name) && !USES.get(name).contains(other))
                .map(other -> in(base, other))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(in(base, name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(refused)
                .allowEmptyShould(true);
    }

    private static ArchRule noCycles(String base) {
        return slices().matching(base + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    private static ArchRule onlyIn(String base, String home, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in(base, home))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static ArchRule noWallClock() {
        return noClasses().should().accessTargetWhere(access("wall clock or sleep", ArchitectureTest::isWallClock));
    }

    private static ArchRule noClockOfItsOwn(String base) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in(base, "app"))
                .should()
                .accessTargetWhere(access("clock or ticker of its own", ArchitectureTest::isClockOfItsOwn));
    }

    /** {@code Instant.now(clock)} and its like are welcome; only the reading of the machine's own clock is not. */
    private static boolean isWallClock(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        var member = access.getTarget().getName();
        var unguided = access.getTarget().getFullName().endsWith("()");
        return (owner.getPackageName().equals("java.time") && member.equals("now") && unguided)
                || (owner.isEquivalentTo(Date.class) && member.equals("<init>") && unguided)
                || (owner.isEquivalentTo(System.class) && member.equals("currentTimeMillis"))
                || (member.equals("sleep")
                        && (owner.isEquivalentTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class)));
    }

    private static boolean isClockOfItsOwn(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        var member = access.getTarget().getName();
        return (owner.isEquivalentTo(System.class) && member.equals("nanoTime"))
                || (owner.isEquivalentTo(Clock.class) && (member.startsWith("system") || member.startsWith("tick")));
    }

    /** Calls and method references alike. */
    private static DescribedPredicate<JavaAccess<?>> access(String description, Predicate<JavaAccess<?>> which) {
        return DescribedPredicate.describe(description, which);
    }

    private static Set<String> strangers(String base, JavaClasses classes) {
        return classes.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.equals(base)
                        ? ROOT
                        : name.substring(base.length() + 1).split("\\.")[0])
                .filter(name -> !USES.containsKey(name))
                .collect(Collectors.toSet());
    }

    private static Set<String> unmarked(JavaClasses classes) {
        return classes.stream()
                .map(JavaClass::getPackage)
                .filter(in -> !in.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
    }

    /** The package and what is below it, as ArchUnit writes it; the root is only itself. */
    private static String in(String base, String name) {
        return name.equals(ROOT) ? base : base + "." + name + "..";
    }
}
