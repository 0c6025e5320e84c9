package dev.smartrouter.pool;

import java.time.Duration;

/**
 * How long a script may take.
 *
 * @param runWithin Redis does not run it later than this from now
 * @param waitFor how long to wait for the reply; longer than {@code runWithin}, for the reply's way back
 * @param yields refused at once while others wait too long already: for what may be asked again later
 */
record Patience(Duration runWithin, Duration waitFor, boolean yields) {}
