package dev.smartrouter.simulator.fault;

/**
 * How a proxy sees, in the bytes that pass, which exchange they belong to: one request and its reply, counted on each
 * connection from 1.
 */
public interface Framing {
    /** Follows a connection from its first byte. */
    Talk talk();

    /** Redis's protocol: an exchange is a command and its reply, however many share a packet. */
    static Framing redis() {
        return RespTalk::new;
    }

    /**
     * Any other protocol: an exchange begins with what a client sends first or after it was sent something. A request
     * that comes in several pieces counts as sent with its first.
     */
    static Framing turns() {
        return TurnTalk::new;
    }

    /** One connection. What is sent and what is answered is told by two threads, each its own. */
    interface Talk {
        /** True if the next byte that is sent begins another exchange. */
        boolean begins();

        /** @return where in [from, to) the request ends that the first of these bytes belongs to; or {@code to} */
        int sent(byte[] bytes, int from, int to);

        /** True if the request that {@link #sent} was last told of is complete. */
        boolean isSent();

        /** Which exchange the next byte that comes back belongs to. */
        long answering();

        /** @return where in [from, to) the reply ends that the first of these bytes belongs to; or {@code to} */
        int answered(byte[] bytes, int from, int to);

        /** True if the reply that {@link #answered} was last told of is complete. */
        boolean isAnswered();
    }
}
