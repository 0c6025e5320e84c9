package dev.smartrouter.simulator.fault;

/** A client and a server that take turns. */
final class TurnTalk implements Framing.Talk {
    private volatile long exchange;
    private volatile boolean serversTurn;

    @Override
    public boolean begins() {
        return exchange == 0 || serversTurn;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread that tells what is sent writes it
    public int sent(byte[] bytes, int from, int to) {
        if (begins()) exchange++;
        serversTurn = false;
        return to;
    }

    @Override
    public boolean isSent() {
        return true;
    }

    @Override
    public long answering() {
        return exchange;
    }

    @Override
    public int answered(byte[] bytes, int from, int to) {
        serversTurn = true;
        return to;
    }

    @Override
    public boolean isAnswered() {
        return true;
    }
}
