package dev.smartrouter.pool;

import dev.smartrouter.PodName;

/** Hears of drains by an operator's or a pod's own word, after the fact, on request threads. Must not throw. */
public interface DrainEvents {
    /** Nobody listens. */
    DrainEvents NONE = new DrainEvents() {
        @Override
        public void drained(PodName pod, int activeCalls) {}

        @Override
        public void undrained(PodName pod, int activeCalls) {}
    };

    /** @param activeCalls calls that the pod still has */
    void drained(PodName pod, int activeCalls);

    void undrained(PodName pod, int activeCalls);
}
