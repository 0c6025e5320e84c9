package dev.smartrouter.pool;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contracts on a real Redis. */
class RedisPoolsIT implements PoolsContract, RosterContract, UpkeepContract, RecoveryContract {
    private final List<StoreFixture> stores = new ArrayList<>();

    @Override
    public StoreFixture store() {
        var store = new RedisFixture();
        stores.add(store);
        return store.opened();
    }

    @AfterEach
    void close() {
        stores.forEach(StoreFixture::close);
    }
}
