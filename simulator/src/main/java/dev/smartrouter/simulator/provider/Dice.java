package dev.smartrouter.simulator.provider;

/** What chance would decide about a call, decided by its sid: the same call is always the same. */
final class Dice {
    private Dice() {}

    /** @return 0 to sides - 1 */
    static int roll(String sid, String what, int sides) {
        return (int) Long.remainderUnsigned(bits(sid, what), sides);
    }

    /** @return as many hex digits, at most 32 */
    static String hex(String sid, String what, int digits) {
        return String.format("%016x%016x", bits(sid, what), bits(sid, what + "'"))
                .substring(0, digits);
    }

    /** A phone number of India's. */
    static String phone(String sid, String what) {
        return "+9198" + String.format("%08d", roll(sid, what, 100_000_000));
    }

    /** FNV-1a, and what MurmurHash3 does at its end so that every bit depends on every other. */
    static long bits(String sid, String what) {
        var hash = 0xcbf29ce484222325L;
        for (var c : (sid + "/" + what).toCharArray()) hash = (hash ^ c) * 0x100000001b3L;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
