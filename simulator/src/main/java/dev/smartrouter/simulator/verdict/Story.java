package dev.smartrouter.simulator.verdict;

/**
 * What a report is about.
 *
 * @param title for people
 * @param scenario its name, as one would type it
 * @param seed from which the schedule follows
 * @param speed seconds of the story in one second of this machine
 */
public record Story(String title, String scenario, long seed, double speed) {}
