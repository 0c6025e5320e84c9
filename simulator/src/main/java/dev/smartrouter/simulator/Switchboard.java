package dev.smartrouter.simulator;

import dev.smartrouter.simulator.agent.AgentFleet;
import dev.smartrouter.simulator.provider.Answer;
import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.provider.CallWatch;
import java.time.Duration;

/** Tells the judge of all that the providers see, and the agents of a call of theirs that somebody picked up. */
record Switchboard(CallWatch judge, AgentFleet agents) implements CallWatch {
    @Override
    public void placed(CallPlan call) {
        judge.placed(call);
    }

    @Override
    public void asked(String sid, int attempt) {
        judge.asked(sid, attempt);
        agents.expect(sid); // it has placed the call itself, and knows that somebody picked up
    }

    @Override
    public void answered(String sid, int attempt, Answer answer, Duration took) {
        judge.answered(sid, attempt, answer, took);
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
