package dev.smartrouter.simulator.scenario;

import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.provider.CallPlan.Fate;
import dev.smartrouter.simulator.provider.Telephony;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Writes down the calls of one stream, all that chance decides about them. */
final class CallSheet {
    private final CallStream stream;
    private final Weights merchants;
    private final Chance arrival;
    private final Chance sid;
    private final Chance provider;
    private final Chance merchant;
    private final Chance fate;
    private final Chance talk;
    private final Chance end;
    private final Chance duplicate;
    private final Chance callback;

    /** @param number of the stream in its scenario: its chances are its own */
    CallSheet(CallStream stream, Weights merchants, long seed, int number) {
        this.stream = stream;
        this.merchants = merchants;
        var place = "calls/" + number + "/";
        this.arrival = new Chance(seed, place + "arrival");
        this.sid = new Chance(seed, place + "sid");
        this.provider = new Chance(seed, place + "provider");
        this.merchant = new Chance(seed, place + "merchant");
        this.fate = new Chance(seed, place + "fate");
        this.talk = new Chance(seed, place + "talk");
        this.end = new Chance(seed, place + "end");
        this.duplicate = new Chance(seed, place + "duplicate");
        this.callback = new Chance(seed, place + "callback");
    }

    List<CallPlan> calls(Duration lasts) {
        return stream.arrive().times(lasts, arrival).stream().map(this::call).toList();
    }

    /** Every chance is asked for every call, whether it matters or not: what one share decides moves no other. */
    private CallPlan call(Duration at) {
        var telephony = Telephony.valueOf(stream.providers().draw(provider).toUpperCase(Locale.ROOT));
        var whose = merchants.draw(merchant);
        var becomes = fate();
        var agentHangsUp = end.happens(stream.agentHangsUp());
        var again = duplicate.happens(stream.duplicates().share());
        var forgotten = callback.happens(stream.noStatusCallback());
        var pickedUp = becomes == Fate.TALKS || becomes == Fate.HANGS_UP_EARLY;
        return new CallPlan(
                sid(telephony),
                telephony,
                whose.equals(CallStream.NO_MERCHANT) ? "" : whose,
                at,
                becomes,
                stream.talk().draw(talk),
                agentHangsUp && becomes == Fate.TALKS,
                again && pickedUp ? stream.duplicates().times() : 0,
                stream.duplicates().apart(),
                !(forgotten && pickedUp));
    }

    private Fate fate() {
        var left = fate.fraction() - stream.unanswered().fraction();
        if (left < 0) return Fate.UNANSWERED;
        left -= stream.busy().fraction();
        if (left < 0) return Fate.BUSY;
        left -= stream.hangsUpEarly().fraction();
        return left < 0 ? Fate.HANGS_UP_EARLY : Fate.TALKS;
    }

    /** As each provider writes its own. */
    private String sid(Telephony telephony) {
        var high = sid.bits();
        var low = sid.bits();
        var hex = String.format(Locale.ROOT, "%016x%016x", high, low);
        return switch (telephony) {
            case TWILIO -> "CA" + hex;
            case PLIVO -> random(high, low).toString();
            case EXOTEL -> hex;
        };
    }

    /** A UUID of version 4, RFC 9562. */
    private static UUID random(long high, long low) {
        return new UUID((high & ~0xf000L) | 0x4000L, (low & ~(3L << 62)) | (1L << 63));
    }
}
