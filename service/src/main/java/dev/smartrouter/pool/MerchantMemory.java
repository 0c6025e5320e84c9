package dev.smartrouter.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A router's copy of the merchants' configs, which outlives a flush of the store. */
public final class MerchantMemory {
    private static final Logger log = LoggerFactory.getLogger(MerchantMemory.class);
    private static final int BATCH = 500;

    private final RedisStore store;
    private volatile Map<String, String> known = Map.of();
    private volatile boolean learned;

    public MerchantMemory(RedisStore store) {
        this.store = store;
    }

    /** Learns them as they are now; a store that is closed has perhaps lost some, and teaches nothing. */
    public void tick() {
        var reply = store.runForLoop("merchants", List.of());
        if (reply.text(0).isEmpty()) return;
        var now = new HashMap<String, String>();
        for (int i = 1; i + 1 < reply.size(); i += 2) now.put(reply.text(i), reply.text(i + 1));
        known = Map.copyOf(now);
        learned = true;
    }

    /** Learns them if it never has: a router is young when it opens the gate, and its next tick is far. */
    void ensureLearned() {
        if (!learned) tick();
    }

    /** Puts back those that the store has not. */
    public void putBack() {
        var args = new ArrayList<String>();
        for (var merchant : known.entrySet()) {
            args.add(merchant.getKey());
            args.add(merchant.getValue());
            if (args.size() == 2 * BATCH) {
                store.runForLoop("merchants", args);
                args.clear();
            }
        }
        if (!args.isEmpty()) store.runForLoop("merchants", args);
        if (!known.isEmpty()) log.info("the store has {} merchant configs again, or still", known.size());
    }
}
