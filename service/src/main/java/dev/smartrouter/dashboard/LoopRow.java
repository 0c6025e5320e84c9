package dev.smartrouter.dashboard;

/**
 * Something that goes on by itself.
 *
 * @param age ms since the end of its last turn, or since its start if it had none
 * @param every ms from one turn to the next
 */
public record LoopRow(String name, long age, long every) {}
