package dev.smartrouter.simulator.verdict;

import static dev.smartrouter.simulator.verdict.Promise.TWO_CALLS_ON_ONE_POD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.simulator.provider.CallPlan.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever a router without a fault does, nobody is alarmed; one fault hidden in it, and somebody is. */
class HonestHistoryProperties {
    @Property(tries = 100)
    void anHonestHistoryNeverAlarms(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int pods) {
        assertThat(new Town(seed, pods).live(400).judged().broken()).isEmpty();
    }

    @Property(tries = 100)
    void aDoubleAllocationHiddenInItAlwaysAlarms(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int pods) {
        var town = new Town(seed, pods);
        town.live(200);
        town.giveATakenPod();
        town.live(200);
        assertThat(town.judged().broken().stream().map(Broken::promise)).contains(TWO_CALLS_ON_ONE_POD);
    }

    /** A correct allocator in memory, and callers and pods who do as they please, 50 ms apart. */
    private static final class Town {
        private final Tale tale = new Tale();
        private final Random random;
        /** Pod to its calls, in the eyes of the allocator. */
        private final Map<String, List<String>> carried = new HashMap<>();

        private final List<String> talking = new ArrayList<>();
        private final Map<String, String> podOf = new HashMap<>();
        private final Map<String, Integer> lives = new HashMap<>();
        private double now = 1;
        private int calls;

        Town(long seed, int pods) {
            random = new Random(seed);
            tale.at(0);
            for (int i = 0; i < pods; i++) tale.pod("agent-" + i, "agent-" + i + "-0", capacity("agent-" + i));
            for (int i = 0; i < pods; i++) carried.put("agent-" + i, new ArrayList<>());
        }

        /** Every third pod is shared. */
        private static int capacity(String pod) {
            return pod.hashCode() % 3 == 0 ? 3 : 1;
        }

        Town live(int moments) {
            for (int i = 0; i < moments; i++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> call();
                    case 3, 4 -> end();
                    case 5 -> replay();
                    case 6 -> crash();
                    default -> later(random.nextDouble() * 2);
                }
                later(0.05);
            }
            return this;
        }

        Verdict judged() {
            while (!talking.isEmpty()) end();
            later(10);
            return tale.judged();
        }

        private void call() {
            var sid = "CA" + calls++;
            var pod = carried.keySet().stream()
                    .sorted()
                    .filter(name -> carried.get(name).size() < capacity(name))
                    .findFirst();
            tale.placed(sid, Fate.TALKS).asked(sid);
            later(0.02);
            if (pod.isPresent()) {
                connect(sid, pod.get());
            } else {
                tale.answered(sid, Tale.sorry()).ends(sid, "refused", false, 0);
            }
        }

        private void connect(String sid, String pod) {
            carried.get(pod).add(sid);
            podOf.put(sid, pod);
            talking.add(sid);
            tale.answered(sid, Tale.to(pod)).tell(ledger -> {
                ledger.joined(pod, pod + "-" + lives.getOrDefault(pod, 0), sid);
                ledger.connected(sid, pod, Duration.ofMillis(5));
            });
        }

        private void end() {
            if (talking.isEmpty()) return;
            var sid = talking.remove(random.nextInt(talking.size()));
            if (random.nextBoolean()) tale.releasing(sid);
            carried.get(podOf.get(sid)).remove(sid);
            tale.ends(sid);
        }

        private void replay() {
            if (talking.isEmpty()) return;
            var sid = talking.get(random.nextInt(talking.size()));
            tale.asked(sid);
            later(0.02);
            tale.answered(sid, Tale.to(podOf.get(sid)));
        }

        /** The pod's calls end with it, and it comes back. */
        private void crash() {
            var pod = "agent-" + random.nextInt(carried.size());
            var life = lives.merge(pod, 1, Integer::sum);
            tale.tell(ledger -> ledger.crashed(pod, pod + "-" + life));
            for (var sid : List.copyOf(carried.get(pod))) {
                talking.remove(sid);
                tale.ends(sid, "socket lost", false, 10);
            }
            carried.get(pod).clear();
            later(random.nextDouble());
        }

        /** What a router with a fault would do. */
        void giveATakenPod() {
            while (!talking.isEmpty()) end();
            later(5); // no crash explains it
            call();
            var pod = carried.keySet().stream()
                    .sorted()
                    .filter(name -> !carried.get(name).isEmpty())
                    .findFirst()
                    .orElseThrow();
            for (int more = capacity(pod); more > 0; more--) {
                var sid = "CA" + calls++;
                tale.placed(sid, Fate.TALKS).asked(sid);
                later(0.02);
                connect(sid, pod);
            }
            later(0.05);
        }

        private void later(double seconds) {
            tale.at(now += seconds);
        }
    }
}
