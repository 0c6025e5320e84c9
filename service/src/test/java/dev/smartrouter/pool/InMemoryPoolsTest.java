package dev.smartrouter.pool;

/** The store in memory passes the contracts of the real one. */
class InMemoryPoolsTest implements PoolsContract, RosterContract, UpkeepContract, RecoveryContract {
    @Override
    public StoreFixture store() {
        return new InMemoryFixture().opened();
    }
}
