package dev.smartrouter.verify;

/** The transition of the state machine that mends something. */
public enum Repair {
    ADOPT("adopt the calls"),
    AUDIT("audit the pods"),
    SWEEP("sweep"),
    DRAIN("drain the pod anew"),
    RELEASE("release the call"),
    REMOVE("remove the pod"),
    NONE("none");

    private final String words;

    Repair(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** True if it ends something, and comes only after all else has been tried. */
    boolean isLast() {
        return this == RELEASE || this == REMOVE;
    }
}
