package dev.smartrouter.simulator.provider;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a watch is told, a line each, in the order it was told. */
final class Notes implements CallWatch {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<Answer> answers = new CopyOnWriteArrayList<>();
    final List<Ended> ends = new CopyOnWriteArrayList<>();

    @Override
    public void placed(CallPlan call) {
        lines.add("placed " + call.sid());
    }

    @Override
    public void asked(String sid, int attempt) {
        lines.add("asked " + attempt);
    }

    @Override
    public void answered(String sid, int attempt, Answer answer, Duration took) {
        answers.add(answer);
        lines.add("answered " + attempt + " " + answer.getClass().getSimpleName());
    }

    @Override
    public void connected(String sid, String pod, Duration took) {
        lines.add("connected " + pod);
    }

    @Override
    public void ending(String sid) {
        lines.add("ending " + sid);
    }

    @Override
    public void ended(String sid, Ended how) {
        ends.add(how);
        lines.add("ended " + sid);
    }

    Ended end() {
        return ends.getFirst();
    }
}
