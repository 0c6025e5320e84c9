package dev.smartrouter.simulator.fault;

/** A client and a Redis. What the server pushes unasked is no reply; subscriptions are not followed. */
final class RespTalk implements Framing.Talk {
    private final RespParser requests = new RespParser();
    private final RespParser replies = new RespParser();
    private long answering = 1;

    @Override
    public boolean begins() {
        return requests.isBetween();
    }

    @Override
    public int sent(byte[] bytes, int from, int to) {
        return requests.take(bytes, from, to);
    }

    @Override
    public boolean isSent() {
        return requests.isBetween();
    }

    @Override
    public long answering() {
        return answering;
    }

    @Override
    public int answered(byte[] bytes, int from, int to) {
        var end = replies.take(bytes, from, to);
        if (replies.isBetween() && !replies.wasPush()) answering++;
        return end;
    }

    @Override
    public boolean isAnswered() {
        return replies.isBetween() && !replies.wasPush();
    }
}
