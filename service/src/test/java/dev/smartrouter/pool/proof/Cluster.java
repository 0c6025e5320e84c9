package dev.smartrouter.pool.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The truth about pods, which the store hears of late, twice, or out of order. */
final class Cluster {
    /** One life of a pod, and how it is doing. */
    record Life(String inc, long incNo, long started, boolean ready, boolean term) {}

    /** What a watcher once saw: a life, or its end. */
    record Report(Life life, boolean gone) {}

    private final Map<String, Life> lives = new HashMap<>();
    private final Map<String, List<Report>> history = new HashMap<>();
    private int uids;

    /** Null if there is no such pod now. */
    Life life(String pod) {
        return lives.get(pod);
    }

    void create(String pod, long now, boolean ready) {
        if (lives.containsKey(pod)) return;
        set(pod, new Life("u" + ++uids + "/0", now / 1000 * 1000, now, ready, false));
    }

    /** The agent's container died and starts again. */
    void crash(String pod, long now) {
        var life = lives.get(pod);
        if (life == null) return;
        var slash = life.inc().indexOf('/');
        var restarts = Integer.parseInt(life.inc().substring(slash + 1)) + 1;
        set(pod, new Life(life.inc().substring(0, slash + 1) + restarts, life.incNo() + 1, now, false, life.term()));
    }

    void ready(String pod, boolean ready) {
        var life = lives.get(pod);
        if (life != null) set(pod, new Life(life.inc(), life.incNo(), life.started(), ready, life.term()));
    }

    void terminate(String pod) {
        var life = lives.get(pod);
        if (life != null) set(pod, new Life(life.inc(), life.incNo(), life.started(), life.ready(), true));
    }

    void delete(String pod) {
        var life = lives.remove(pod);
        if (life != null) history.get(pod).add(new Report(life, true));
    }

    /** The report so many back, or the first; null if there is none. */
    Report report(String pod, int back) {
        var reports = history.getOrDefault(pod, List.of());
        return reports.isEmpty() ? null : reports.get(Math.max(reports.size() - 1 - back, 0));
    }

    private void set(String pod, Life life) {
        lives.put(pod, life);
        history.computeIfAbsent(pod, name -> new ArrayList<>()).add(new Report(life, false));
    }
}
