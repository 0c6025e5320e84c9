package dev.smartrouter.pool;

import dev.smartrouter.pool.Upkeep.Seen;
import java.util.Collection;
import java.util.Optional;

/** All pods as the store has them, for people to look at. Writes nothing. For one thread. */
public interface Panorama {
    /**
     * Looks on, at no more than a few thousand pods, so that a large fleet takes several turns.
     *
     * @return each pod once, in any order, when the last of them has been looked at; the next turn begins again
     * @throws StoreUnavailableException if the store does not answer in time; the next turn begins again
     */
    Optional<Collection<Seen>> turn();
}
