package dev.smartrouter.simulator.provider;

/** An answer that a provider cannot obey; the message is why, in a few words. */
final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
