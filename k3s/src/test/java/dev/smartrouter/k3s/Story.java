package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.simulator.verdict.Expectations;
import dev.smartrouter.simulator.verdict.Judge;
import dev.smartrouter.simulator.verdict.Ledger;
import dev.smartrouter.simulator.verdict.StoreWatch;
import dev.smartrouter.simulator.verdict.Verdict;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A story on the whole system: callers talk from its beginning to its end, and then the same judge as in the simulator
 * says whether every promise was kept. Without a cluster or an image its class is skipped, and says what is missing.
 */
final class Story implements ExecutionCondition, BeforeEachCallback, AfterEachCallback {
    /** How often what is done again and again is done. */
    static final int ROUNDS = Integer.getInteger("stories.rounds", 3);

    private static final Expectations EXPECTED = new Expectations(
            Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofSeconds(60), Optional.empty(), true);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TOLD_BY_ITS_NODE = Duration.ofSeconds(10);
    private static final Pattern ASSIGNED = Pattern.compile("\"assigned\":(\\d+)");

    private static Optional<String> missing;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private String name;
    private VoiceSystem system;
    private Ledger ledger;
    private Callers callers;
    private Judge judge;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return missing()
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("a cluster and its images can be had"));
    }

    private static synchronized Optional<String> missing() {
        if (missing == null) {
            missing = RealCluster.missing();
            if (missing.isEmpty() && !Kubectl.isHere()) missing = Optional.of(Kubectl.MISSING);
            if (missing.isEmpty() && !RealCluster.isNamed()) missing = Images.missing(VoiceSystem.overlay());
        }
        return missing;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        var store = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
        var cluster = store.getOrComputeIfAbsent(RealCluster.class, key -> RealCluster.start(), RealCluster.class);
        system = store.getOrComputeIfAbsent(VoiceSystem.class, key -> VoiceSystem.start(cluster), VoiceSystem.class);
        system.awaitWhole();
        ledger = new Ledger(System::nanoTime);
        part(new PodNews(system.client(), ledger));
        var watch = part(new StoreWatch(part(new StoreDoor(system)), "voice:", ledger));
        var clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("store-watch").factory());
        part(clock::shutdownNow);
        watch.start(clock);
        judge = new Judge(ledger, watch, EXPECTED);
        name = context.getRequiredTestClass().getSimpleName();
        callers = part(new Callers(name.replace("StoryIT", ""), system.door(), ledger));
        callers.begin();
        callers.awaitMore(3);
    }

    VoiceSystem system() {
        return system;
    }

    Deeds deeds() {
        return new Deeds(system.client());
    }

    /** A voice agent dies; its node says so some seconds after its callers hear it, and routers know no sooner. */
    void crash(String pod) {
        ledger.crashed(pod, uid(pod));
        ledger.hung(pod, TOLD_BY_ITS_NODE);
        deeds().crash(pod);
    }

    Ledger ledger() {
        return ledger;
    }

    Callers callers() {
        return callers;
    }

    /** The voice agents that say of themselves that they have this call. */
    Set<String> podsThatHave(String sid) {
        return system.pods("voice-agent").stream()
                .map(pod -> pod.getMetadata().getName())
                .filter(pod -> system.ask(pod, 8001, "/active-calls").contains('"' + sid + '"'))
                .collect(Collectors.toSet());
    }

    /** Waits until the routers have so many pods in their pools. */
    void awaitPools(int pods) {
        await(pods + " pods in pools")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> ASSIGNED.matcher(system.api("/api/v1/status"))
                                .results()
                                .mapToInt(each -> Integer.parseInt(each.group(1)))
                                .sum()
                        == pods);
    }

    /** Waits until somebody leads who is not this one. */
    void awaitLeaderOtherThan(String before) {
        await("another leader than " + before)
                .atMost(PATIENCE)
                .until(() -> system.leader().filter(now -> !now.equals(before)).isPresent());
    }

    /** Which pod of this name it is; empty if there is none. */
    String uid(String pod) {
        return system.pods("voice-agent").stream()
                .map(Pod::getMetadata)
                .filter(each -> each.getName().equals(pod))
                .map(ObjectMeta::getUid)
                .findFirst()
                .orElse("");
    }

    /** Of what has happened until now. */
    Verdict soFar() {
        return judge.soFar();
    }

    /** The story ends: every call got a pod and talked for as long as its caller wanted. */
    void nobodyNoticed() throws InterruptedException {
        everyPromiseWasKept();
        nobodyWasRefused();
        assertThat(callers.cutShort()).as("calls that ended early").isEmpty();
    }

    /** The story ends: only these pods' calls ended early, and nobody heard an apology. */
    void onlyCallersNoticedOn(Set<String> pods) throws InterruptedException {
        everyPromiseWasKept();
        nobodyWasRefused();
        assertThat(callers.cutShort()).as("calls that ended early").allMatch(cut -> pods.contains(cut.pod()));
    }

    /** But for whom a machine so busy that its Redis is silent for 0.8 s cannot be helped: the router says so. */
    private void nobodyWasRefused() {
        assertThat(callers.refused())
                .filteredOn(sid -> !system.logs()
                        .linesWith(Set.of("\"call_sid\":\"" + sid + "\""))
                        .contains("\"reason\":\"unavailable\""))
                .as("heard an apology")
                .isEmpty();
    }

    /** The story ends: no webhook failed, no pod had two calls, none is lost, no call was cut off by us. */
    void everyPromiseWasKept() throws InterruptedException {
        callers.awaitMore(3);
        callers.end();
        var verdict = judge.atTheEnd();
        System.out.printf(
                "%s in %d s. %s %d ended early. Answers: %s.%n",
                name,
                ledger.elapsed().toSeconds(),
                verdict.words(),
                callers.cutShort().size(),
                verdict.figures().timeToAnswer());
        if (!verdict.broken().isEmpty()) System.out.println(saidOf(verdict));
        assertThat(callers.failedWebhooks()).as("failed webhooks").isEmpty();
        assertThat(verdict.broken()).as("broken: %s", verdict.timelines()).isEmpty();
    }

    /** What the pods said of the calls that a promise was broken for. */
    private String saidOf(Verdict verdict) {
        return system.logs()
                .linesWith(verdict.broken().stream()
                        .flatMap(each -> each.calls().stream())
                        .collect(Collectors.toSet()));
    }

    private <T extends AutoCloseable> T part(T started) {
        parts.push(started);
        return started;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!parts.isEmpty()) parts.pop().close();
    }
}
