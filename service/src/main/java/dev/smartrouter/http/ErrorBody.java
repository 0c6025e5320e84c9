package dev.smartrouter.http;

/** How an error is written, everywhere but in a provider's own markup. */
public record ErrorBody(String error) {}
