package dev.smartrouter.verify;

/**
 * What is true of a whole store, by what breaks it. The names are those that {@code check.lua} replies.
 *
 * <p>The number of calls on pods, of records and of deadlines is the same (I9) if I4 and I5 hold, and has no name here.
 */
public enum Law {
    TWO_CALLS(
            "I1", "an exclusive pod has one call", Repair.NONE, "wait until one ends, or release the one that is over"),
    NOT_FREE("I2", "only a free pod is offered to calls", Repair.AUDIT),
    OFFERED_ELSEWHERE("I2", "a pod is offered by its own pool alone", Repair.AUDIT),
    NOT_OFFERED("L1", "a free pod is offered to calls", Repair.AUDIT),
    WRONG_SCORE("I3", "a shared pod scores as many as it has calls", Repair.AUDIT),
    STRANGE_CALL("I4", "a pod lists only calls whose records name it", Repair.AUDIT),
    UNLISTED_CALL("I4", "a call is listed by the pod that its record names", Repair.RELEASE),
    NO_DEADLINE("I5", "a call has a deadline", Repair.AUDIT),
    NO_RECORD("I5", "a deadline, or a count, is that of a call", Repair.RELEASE),
    NOT_COUNTED("I14", "a call is counted to its merchant", Repair.AUDIT),
    NOT_ASSIGNED("I6", "a pod is assigned to its pool", Repair.AUDIT),
    ASSIGNED_ELSEWHERE("I6", "a pod is assigned to one pool", Repair.AUDIT),
    WRONG_MIRROR("I6", "pod:tier names the pod's pool", Repair.AUDIT),
    WRONG_LEASE("I7", "a pod has a lease if it has calls, of one of them", Repair.AUDIT),
    OTHER_LIFE("I8", "a call is of its pod's present life", Repair.RELEASE),
    NOT_ADOPTED("I10", "a pool's members are pods", Repair.AUDIT, "its pool is in no tier config and has no mode"),
    NO_POD("I10", "a pool's members have names that pods can have", Repair.AUDIT),
    LEFTOVER("I10", "a pod's keys are of a pod that is known", Repair.REMOVE),
    CALL_NOT_ADOPTED("I8", "a call is of a life of its pod", Repair.ADOPT, "no pod of that name can be known"),
    EXPIRES("I11", "what must stay has no TTL", Repair.NONE, "redis-cli PERSIST"),
    CALL_FOR_EVER("I11", "a call's record has a TTL", Repair.AUDIT),
    LOCK_FOR_EVER("I11", "a lock of the original router's has a TTL", Repair.RELEASE),
    LEASE_FOR_EVER("I11", "a lease has a TTL", Repair.AUDIT),
    DRAINS_FOR_EVER("I11", "a drain has a TTL", Repair.DRAIN),
    TOMBSTONE_FOR_EVER("I11", "the memory of a call's end has a TTL", Repair.RELEASE),
    WRONG_INDEX("I12", "a shared pool is a sorted set and an exclusive one a set", Repair.AUDIT),
    WRONG_TYPE(
            "I12", "a key is of its type", Repair.NONE, "rename it by hand; the next reconcile or audit does the rest"),
    TOKEN_FELL("I13", "the fencing token never falls", Repair.NONE, "the leader's next write stores its own again"),
    OVERDUE("L2", "a call past its deadline ends within a sweep's time", Repair.SWEEP);

    private final String number;
    private final String words;
    private final Repair repair;
    private final String otherwise;

    Law(String number, String words, Repair repair) {
        this(number, words, repair, "it was done, and changed nothing: look at the router's log");
    }

    Law(String number, String words, Repair repair, String otherwise) {
        this.number = number;
        this.words = words;
        this.repair = repair;
        this.otherwise = otherwise;
    }

    /** As in the contract of the state machine, such as {@code I3}. */
    public String number() {
        return number;
    }

    public String words() {
        return words;
    }

    public Repair repair() {
        return repair;
    }

    /** What to know, or to do, where no transition mends it. */
    public String otherwise() {
        return otherwise;
    }

    /**
     * True if a TTL that runs out, or an operator's hand, may break it until a router's next audit: no fault while one
     * is at work.
     */
    boolean awaitsAudit() {
        return switch (this) {
            case NOT_OFFERED, STRANGE_CALL, WRONG_LEASE, NOT_ADOPTED, NO_POD, LEFTOVER, CALL_NOT_ADOPTED, NOT_COUNTED ->
                true;
            default -> false;
        };
    }
}
