package dev.smartrouter.simulator.fault;

/**
 * Where exactly a connection breaks, once. Enumerated over all exchanges of a task, these are all the ways in which it
 * can be interrupted.
 *
 * @param exchange which one, over all connections, from when the point is set; the next is 1
 * @param bytes of the reply that still pass, if it breaks {@link Where#IN_REPLY}
 */
public record CrashPoint(long exchange, Where where, int bytes) {
    public CrashPoint {
        if (exchange < 1) throw new IllegalArgumentException("the next exchange is 1, not " + exchange);
        if (bytes < 0) throw new IllegalArgumentException("bytes must be >= 0: " + bytes);
    }

    /** The moment within an exchange. */
    public enum Where {
        /** The server gets nothing of the request. */
        BEFORE,
        /** The server gets the request; the client is cut off before an answer. */
        AFTER,
        /** The client gets the beginning of the reply, or all of it if it is no longer. */
        IN_REPLY,
        /** The server has answered; the client is cut off instead. */
        REPLY_LOST
    }

    public static CrashPoint before(long exchange) {
        return new CrashPoint(exchange, Where.BEFORE, 0);
    }

    public static CrashPoint after(long exchange) {
        return new CrashPoint(exchange, Where.AFTER, 0);
    }

    public static CrashPoint inReply(long exchange, int bytes) {
        return new CrashPoint(exchange, Where.IN_REPLY, bytes);
    }

    public static CrashPoint replyLost(long exchange) {
        return new CrashPoint(exchange, Where.REPLY_LOST, 0);
    }
}
