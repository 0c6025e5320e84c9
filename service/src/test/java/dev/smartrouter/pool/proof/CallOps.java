package dev.smartrouter.pool.proof;

import dev.smartrouter.tier.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What callers and their routers do. */
final class CallOps {
    static final List<List<String>> CHAINS = List.of(
            List.of("pool:gold", "pool:standard", "pool:basic"),
            List.of("merchant:acme", "pool:gold", "pool:basic"),
            List.of("pool:basic"),
            List.of("pool:standard", "pool:gold"));
    private static final String MERCHANT = "acme";
    private static final long DEADLINE_MS = 3_600_000;
    private static final long TTL_MS = 86_400_000;
    private static final long NOT_AFTER_MS = 900;
    private static final String ANY = "any";

    private CallOps() {}

    /** Whether the router is still there for the answer. */
    enum Hearing {
        HEARD,
        /** The answer came after the router had told its caller off. */
        UNHEARD,
        /** The caller is gone before Redis runs the script. */
        LATE,
        /** The script is still on its way. */
        IN_FLIGHT
    }

    record Allocate(int router, String sid, int chain, boolean merchant, Hearing hearing) implements Op {
        @Override
        public void on(World w) {
            var token = w.fresh("t");
            var notAfter = w.time() + (hearing == Hearing.LATE ? -1 : NOT_AFTER_MS);
            var known = w.knownConfig;
            switch (hearing) {
                case HEARD -> heard(w, token, notAfter, known);
                case UNHEARD, LATE -> unheard(w, token, notAfter, known);
                case IN_FLIGHT -> w.inFlight.add(() -> unheard(w, token, notAfter, known));
            }
        }

        private Store.Reply ask(World w, String token, long notAfter, String known) {
            var steps = new ArrayList<Object>();
            for (var pool : CHAINS.get(chain)) {
                steps.add(pool);
                steps.add(w.capacity(pool));
            }
            var arguments = new ArrayList<Object>(List.of(
                    sid,
                    merchant ? MERCHANT : "",
                    merchant ? known : "",
                    token,
                    TTL_MS,
                    DEADLINE_MS,
                    notAfter,
                    "wss://agents/" + token + "/{pod}/" + sid,
                    "twilio",
                    "v2",
                    "",
                    text(limits(known).calls()),
                    text(limits(known).callsPerSecond())));
            arguments.addAll(steps);
            var before = w.now();
            var reply = w.run("allocate", arguments.toArray());
            if (!reply.failed()) expect(w, before, reply, notAfter, known);
            return reply;
        }

        private Limits limits(String known) {
            return merchant ? LimitRules.of(known) : Limits.NONE;
        }

        private static String text(OptionalInt limit) {
            return limit.isPresent() ? Integer.toString(limit.getAsInt()) : "";
        }

        private void unheard(World w, String token, long notAfter, String known) {
            var reply = ask(w, token, notAfter, known);
            if (reply.verdict().equals("NEW")) {
                w.oracle.forget(sid);
                w.ended.remove(sid);
            }
            w.unheard.put(token, sid);
        }

        private void heard(World w, String token, long notAfter, String known) {
            var wasOpen = w.open();
            var reply = ask(w, token, notAfter, known);
            if (reply.verdict().equals("CONFIG")) {
                w.knownConfig = reply.at(1);
                reply = ask(w, token, notAfter, w.knownConfig);
                w.require(!reply.verdict().equals("CONFIG"), "CONFIG twice: " + reply);
            }
            var isNew = reply.verdict().equals("NEW");
            if (!isNew && !reply.verdict().equals("EXISTING")) return;
            var record = record((List<?>) reply.values().get(1));
            var pod = record.get("pod_name");
            var url = record.get("ws_url");
            var facts = w.now().pod(pod);
            var exclusive = isNew && (facts == null || !facts.shared());
            // While the gate is closed a rollback may have brought an earlier call of the sid back.
            if (isNew || wasOpen) w.require(w.oracle.brokenBy(sid, pod, url, exclusive, w.time()));
            w.routers.get(router).remember(sid, w.now());
            var life = w.cluster.life(pod);
            var awake = life != null
                    && facts != null
                    && List.of(life.inc(), "legacy").contains(facts.inc());
            // A pod that died before the store knew, or a call that a rollback brought back: nobody talks.
            if (awake && (isNew || (wasOpen && !w.lost.contains(sid)))) {
                var deadline = w.now().map("calls:by_expiry").getOrDefault(sid, "0");
                if (isNew || w.oracle.live(sid, w.time()) == null) {
                    w.oracle.answered(sid, pod, url, (long) Double.parseDouble(deadline));
                }
            } else if (isNew) {
                w.oracle.forget(sid);
            }
            w.ended.remove(
                    sid); // a caller was told a pod after the release, be it by a record that a rollback brought back
            if (isNew) w.lost.remove(sid);
        }

        private void expect(World w, Snapshot before, Store.Reply reply, long notAfter, String known) {
            var existing = before.call(sid);
            var late = w.time() > notAfter;
            String verdict = null;
            if (!existing.isEmpty()) verdict = "EXISTING";
            else if (late) verdict = "LATE";
            else if (!before.has("state:gen")) verdict = "RECOVERING";
            else if (merchant && !w.config.equals(known)) verdict = "CONFIG";
            var limit = verdict == null
                    ? w.limits.answer(
                            w, before, sid, merchant ? Optional.of(MERCHANT) : Optional.empty(), limits(known))
                    : LimitRules.Answer.PASS;
            if (limit == LimitRules.Answer.EITHER && reply.verdict().equals("LIMIT")) {
                verdict = "LIMIT";
            } else if (limit != LimitRules.Answer.PASS && limit != LimitRules.Answer.EITHER) {
                verdict = "LIMIT";
                w.require(
                        reply.values().equals(List.of(verdict, limit.name())),
                        "limit " + limit + " is reached: " + reply);
            }
            if (verdict != null) {
                w.require(reply.verdict().equals(verdict), "allocate must answer " + verdict + ", not " + reply);
                if (!verdict.equals("EXISTING")) {
                    var changed = before.differences(w.now());
                    w.require(changed.isEmpty(), verdict + " has written " + changed);
                }
                return;
            }
            var first = firstWithRoom(w, before);
            if (reply.verdict().equals("NEW")) {
                if (merchant) w.limits.took(w.time(), limits(known));
                var record = record((List<?>) reply.values().get(1));
                w.require(
                        first == null || first.equals(ANY) || first.equals(record.get("source_pool")),
                        first + " had room: " + reply);
                var pod = before.pod(record.get("pod_name"));
                w.require(pod == null || pod.free(w.time()), "not free: " + pod);
                var ended = before.string("ended:" + sid);
                var late30 = ended != null && ended.matches("\\d+") && w.time() - Long.parseLong(ended) < 30_000;
                var deadline = w.time() + (late30 ? 120_000 : DEADLINE_MS);
                w.require(
                        w.now().map("calls:by_expiry").get(sid).equals(Long.toString(deadline)),
                        "deadline of " + sid + " is "
                                + w.now().map("calls:by_expiry").get(sid));
            } else {
                w.require(reply.verdict().equals("NO_PODS"), "allocate answered " + reply);
                w.require(first == null || first.equals(ANY), first + " had room, and none was given");
            }
        }

        private String firstWithRoom(World w, Snapshot before) {
            for (var pool : CHAINS.get(chain)) {
                // What nobody has adopted yet may or may not have room.
                if (w.exempt.pools().contains(pool)) return ANY;
                if (!Collections.disjoint(before.available(pool), w.exempt.pods())) return ANY;
                for (var name : before.available(pool)) {
                    var pod = before.pod(name);
                    if (pod != null
                            && pod.pool().equals(pool)
                            && pod.free(w.time())
                            && pod.calls().size() < w.capacity(pool)) {
                        return pool;
                    }
                }
            }
            return null;
        }
    }

    static Map<String, String> record(List<?> fields) {
        var record = new java.util.TreeMap<String, String>();
        for (var i = 0; i < fields.size(); i += 2) record.put((String) fields.get(i), (String) fields.get(i + 1));
        return record;
    }

    /** A script that was on its way arrives. */
    record Arrive(int which) implements Op {
        @Override
        public void on(World w) {
            if (!w.inFlight.isEmpty())
                w.inFlight.remove(which % w.inFlight.size()).run();
        }
    }

    /** The call is over, and one of those who must say so does. */
    record Release(int router, String sid, boolean inFlight) implements Op {
        @Override
        public void on(World w) {
            w.forgo(sid);
            w.routers.get(router).forget(sid, w.time());
            if (inFlight) w.inFlight.add(() -> send(w));
            else send(w);
        }

        private void send(World w) {
            var before = w.now();
            w.forgo(sid);
            var reply = w.run("release", sid, "");
            if (reply.failed()) return;
            w.routers.get(router).forget(sid, w.time());
            var record = before.call(sid);
            w.ended.put(sid, w.time());
            w.require(w.now().has("ended:" + sid), "no tombstone of " + sid);
            w.require(w.now().call(sid).isEmpty(), sid + " outlived its release");
            if (record.isEmpty()) {
                w.require(reply.verdict().equals("NOT_FOUND"), "released a call that is not: " + reply);
                return;
            }
            w.require(
                    reply.verdict().equals("RELEASED") && reply.at(1).equals(record.get("pod_name")),
                    "released " + record + ": " + reply);
            var pod = before.pod(reply.at(1));
            w.require(pod == null || reply.at(3).equals(pod.pool()), "not the pool of " + pod + ": " + reply);
            var drains = pod != null && (pod.draining() || pod.term());
            w.require(pod == null || reply.at(4).equals(drains ? "1" : "0"), "draining " + pod + ": " + reply);
        }
    }

    /** A call ends, and the provider asks for the same sid again. */
    record Redial(int router, String sid, int chain) implements Op {
        @Override
        public void on(World w) {
            new Release(router, sid, false).on(w);
            new Allocate(router, sid, chain, false, Hearing.HEARD).on(w);
        }
    }

    /** A router lets go of what it got for a caller that it had told off. */
    record Abandon(int which) implements Op {
        @Override
        public void on(World w) {
            if (w.unheard.isEmpty()) return;
            var token = List.copyOf(w.unheard.keySet()).get(which % w.unheard.size());
            var sid = w.unheard.remove(token);
            var before = w.now();
            var held = before.call(sid).get("token");
            var reply = w.run("release", sid, token);
            if (reply.failed()) return;
            var live = w.oracle.live(sid, w.time());
            w.require(
                    live == null
                            || live.quarantinedUntil() > 0
                            || !reply.verdict().equals("RELEASED"),
                    "abandoned " + live);
            w.require(
                    reply.verdict().equals("RELEASED") == (token.equals(held) && w.open()),
                    "abandon of " + held + ": " + reply);
        }
    }

    record Confirm(String sid) implements Op {
        @Override
        public void on(World w) {
            var before = w.now();
            var reply = w.run("confirm", sid, TTL_MS, DEADLINE_MS);
            if (reply.failed()) return;
            var confirmed = reply.verdict().equals("CONFIRMED");
            w.require(confirmed || before.call(sid).isEmpty(), "not confirmed: " + before.call(sid));
            if (!confirmed) return;
            w.require(
                    w.now().map("calls:by_expiry").get(sid).equals(Long.toString(w.time() + DEADLINE_MS)),
                    "confirmed without the full deadline");
            w.require(!w.now().call(sid).containsKey("token"), "confirmed and still to be abandoned");
        }
    }
}
