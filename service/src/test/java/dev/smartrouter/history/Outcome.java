package dev.smartrouter.history;

import java.util.List;

/** What a client was answered. */
public sealed interface Outcome {
    /** Nobody heard the answer: the operation may happen at any later time, or never. */
    Outcome UNKNOWN = new Unknown();

    /** @param url what else all answers of one allocation have in common, such as its URL and when it was made */
    record New(String pod, String pool, String url) implements Outcome {
        @Override
        public String toString() {
            return "NEW " + pod;
        }
    }

    /** The call has had this pod before. */
    record Existing(String pod, String pool, String url) implements Outcome {
        @Override
        public String toString() {
            return "EXISTING " + pod;
        }
    }

    /** @param tried the pools that have no room, in order */
    record NoPods(List<String> tried) implements Outcome {
        @Override
        public String toString() {
            return "NO PODS";
        }
    }

    record Released(String pod, String pool, boolean wasDraining) implements Outcome {
        @Override
        public String toString() {
            return "RELEASED " + pod + (wasDraining ? ", draining" : "");
        }
    }

    record NotFound() implements Outcome {
        @Override
        public String toString() {
            return "NOT FOUND";
        }
    }

    /** A drain or its end; how many calls the pod has. */
    record Calls(int count) implements Outcome {
        @Override
        public String toString() {
            return "calls: " + count;
        }
    }

    record Unknown() implements Outcome {
        @Override
        public String toString() {
            return "?";
        }
    }
}
