/**
 * Twilio, Plivo and Exotel as seen from outside: they place calls, ask the router where the audio goes, retry when they
 * must not have waited, obey the markup to the letter, and report how the call went.
 */
@NullMarked
package dev.smartrouter.simulator.provider;

import org.jspecify.annotations.NullMarked;
