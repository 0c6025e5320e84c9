package dev.smartrouter.simulator.crash;

import dev.smartrouter.simulator.fault.Framing;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Redis's protocol as a proxy sees it; remembers how long each reply was. */
final class MeasuredReplies implements Framing {
    private final Framing redis = Framing.redis();
    private final List<Integer> lengths = new CopyOnWriteArrayList<>();

    /** Bytes of each reply since {@link #forget}, in order, as long as they come one after another. */
    List<Integer> lengths() {
        return List.copyOf(lengths);
    }

    void forget() {
        lengths.clear();
    }

    @Override
    public Talk talk() {
        var talk = redis.talk();
        return new Talk() {
            private int length;

            @Override
            public boolean begins() {
                return talk.begins();
            }

            @Override
            public int sent(byte[] bytes, int from, int to) {
                return talk.sent(bytes, from, to);
            }

            @Override
            public boolean isSent() {
                return talk.isSent();
            }

            @Override
            public long answering() {
                return talk.answering();
            }

            @Override
            public int answered(byte[] bytes, int from, int to) {
                var end = talk.answered(bytes, from, to);
                length += end - from;
                if (talk.isAnswered()) {
                    lengths.add(length);
                    length = 0;
                }
                return end;
            }

            @Override
            public boolean isAnswered() {
                return talk.isAnswered();
            }
        };
    }
}
