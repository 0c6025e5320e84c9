package dev.smartrouter.pool;

import dev.smartrouter.PodName;
import dev.smartrouter.pool.Upkeep.Seen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All pods as the store has them, looked at 100 at a time; to look is to audit. */
public final class Fleet {
    static final int BATCH = 100;

    private final Upkeep upkeep;

    public Fleet(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    List<Seen> look() {
        var members = upkeep.members();
        var seen = new ArrayList<Seen>(members.size());
        for (int i = 0; i < members.size(); i += BATCH) {
            seen.addAll(upkeep.audit(members.subList(i, Math.min(i + BATCH, members.size()))));
        }
        return seen;
    }

    /** Those pods of which the store knows something else than the cluster does. */
    List<PodSighting> unlike(Collection<Seen> known, Collection<PodSighting> listed) {
        var byName = new HashMap<PodName, Seen>();
        known.forEach(pod -> byName.put(pod.pod(), pod));
        return listed.stream()
                .filter(pod -> pod.gone() || !isLike(byName.get(pod.pod()), pod))
                .toList();
    }

    private static boolean isLike(@Nullable Seen known, PodSighting pod) {
        return known != null
                && known.incarnation().equals(pod.incarnation())
                && known.ready() == pod.ready()
                && known.terminating() == pod.terminating();
    }
}
