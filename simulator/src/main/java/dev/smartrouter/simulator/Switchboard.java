package dev.smartrouter.simulator;

import dev.smartrouter.simulator.agent.AgentFleet;
import dev.smartrouter.simulator.provider.Answer;
import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.provider.CallWatch;
import java.time.Duration;

/** Tells the judge of all that the providers see, and the agents that a call of theirs has got a pod. */
record Switchboard(CallWatch judge, AgentFleet agents) implements CallWatch {
    @Override
    public void placed(CallPlan call) {
        judge.placed(call);
    }

    @Override
    public void asked(String sid, int attempt) {
        judge.asked(sid, attempt);
    }

    @Override
    public void answered(String sid, int attempt, Answer answer, Duration took) {
        judge.answered(sid, attempt, answer, took);
        if (answer instanceof Answer.Stream) agents.expect(sid);
    }

    @Override
    public void connected(String sid, String pod, Duration took) {
        judge.connected(sid, pod, took);
    }

    @Override
    public void ending(String sid) {
        judge.ending(sid);
    }

    @Override
    public void ended(String sid, Ended how) {
        judge.ended(sid, how);
    }
}
