package dev.smartrouter.cluster;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/** Something that fails again and again until it is over: logged when it begins and when it ends. */
final class Outage {
    private final Logger log;
    private final String what;
    private final AtomicBoolean on = new AtomicBoolean();

    /** @param what fails, as the start of a sentence */
    Outage(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    void failed(Throwable error) {
        if (on.compareAndSet(false, true)) {
            log.warn("{}: {}. It is tried again until it works, in silence", what, text(error));
        } else {
            log.debug("{}: still", what, error);
        }
    }

    void over() {
        if (on.compareAndSet(true, false)) log.info("{}: it works again", what);
    }

    /** The innermost cause says what happened; those around it say only where. */
    private static String text(Throwable error) {
        if (error.getCause() == null) return error.toString();
        var innermost = error.getCause();
        while (innermost.getCause() != null) innermost = innermost.getCause();
        return error.getMessage() + " (" + innermost + ")";
    }
}
