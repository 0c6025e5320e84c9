package dev.smartrouter.simulator;

import dev.smartrouter.simulator.agent.AgentWatch;
import dev.smartrouter.simulator.agent.ReleasePath;
import java.io.PrintStream;

/** What an agent sees of its calls, a line each: {@code joined CA1}. */
record AgentLog(PrintStream out) implements AgentWatch {
    @Override
    public void joined(String pod, String uid, String sid) {
        out.println("joined " + sid);
    }

    @Override
    public void left(String pod, String uid, String sid) {
        out.println("left " + sid);
    }

    @Override
    public void releasing(String sid, ReleasePath path) {}

    @Override
    public void released(String sid, ReleasePath path, int status) {
        out.println("released " + sid + ", " + path + ": " + (status == 0 ? "no answer" : status));
    }
}
