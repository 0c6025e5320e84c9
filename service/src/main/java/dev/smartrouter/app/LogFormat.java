package dev.smartrouter.app;

/** One line of JSON for each event, or a line for people. */
public enum LogFormat {
    JSON,
    TEXT
}
