package dev.smartrouter.history;

import java.util.List;

/** What a client asks for. */
public sealed interface Deed {
    /** @param chain the pools to try, in order */
    record Allocate(String call, List<String> chain) implements Deed {
        @Override
        public String toString() {
            return "allocate " + call;
        }
    }

    record Release(String call) implements Deed {
        @Override
        public String toString() {
            return "release " + call;
        }
    }

    record Drain(String pod) implements Deed {
        @Override
        public String toString() {
            return "drain " + pod;
        }
    }

    record Undrain(String pod) implements Deed {
        @Override
        public String toString() {
            return "undrain " + pod;
        }
    }
}
