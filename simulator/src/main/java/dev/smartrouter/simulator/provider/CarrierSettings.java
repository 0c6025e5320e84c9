package dev.smartrouter.simulator.provider;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the providers call, and how long they wait.
 *
 * @param router the service that all webhooks and status callbacks go to, such as {@code http://localhost:8080}
 * @param agents where the agents take status callbacks of their own, at {@code /voice/status/{provider}}; none if empty
 * @param patience of each provider with whoever answers its requests
 * @param media of calls that talk
 */
public record CarrierSettings(
        URI router, Optional<URI> agents, Signing signing, Map<Telephony, Patience> patience, MediaBounds media) {

    public CarrierSettings {
        patience = Map.copyOf(new EnumMap<>(patience));
        for (var each : Telephony.values()) {
            if (!patience.containsKey(each)) throw new IllegalArgumentException("no patience given for " + each);
        }
    }

    /** As the providers are by default, unsigned, and without an endpoint of the agents. */
    public static CarrierSettings of(URI router) {
        return new CarrierSettings(
                router, Optional.empty(), Signing.none(router), Patience.defaults(), MediaBounds.defaults());
    }

    Patience patienceOf(Telephony telephony) {
        return Objects.requireNonNull(patience.get(telephony));
    }

    public CarrierSettings withAgents(URI endpoint) {
        return new CarrierSettings(router, Optional.of(endpoint), signing, patience, media);
    }

    public CarrierSettings withSigning(Signing newSigning) {
        return new CarrierSettings(router, agents, newSigning, patience, media);
    }

    public CarrierSettings withMedia(MediaBounds newMedia) {
        return new CarrierSettings(router, agents, signing, patience, newMedia);
    }

    public CarrierSettings withPatience(Telephony telephony, Patience newPatience) {
        var changed = new EnumMap<>(patience);
        changed.put(telephony, newPatience);
        return new CarrierSettings(router, agents, signing, changed, media);
    }

    /**
     * What a provider signs with.
     *
     * @param publicUrl the address that the world calls the router by: what is signed, whatever it is sent to
     * @param twilio its auth token; unsigned if empty
     * @param plivo its auth token; unsigned if empty
     * @param exotel what its URLs carry as {@code auth_token}; none if empty
     */
    public record Signing(URI publicUrl, Optional<String> twilio, Optional<String> plivo, Optional<String> exotel) {
        public static Signing none(URI publicUrl) {
            return new Signing(publicUrl, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Never in a log. */
        @Override
        public String toString() {
            return "Signing[publicUrl=" + publicUrl + ", secrets not shown]";
        }
    }

    /**
     * How a provider waits for an answer, and how often it asks.
     *
     * @param connect for the connection
     * @param read for the answer, from then on
     * @param tries requests in all, the first included
     * @param pause before the next try
     */
    public record Patience(Duration connect, Duration read, int tries, Duration pause) {
        public Patience {
            if (tries < 1) throw new IllegalArgumentException("tries must be >= 1: " + tries);
        }

        /** As their pages on webhooks say; Exotel's is the bound of its Voicebot applet. */
        static Map<Telephony, Patience> defaults() {
            var connect = Duration.ofSeconds(5);
            return Map.of(
                    Telephony.TWILIO, new Patience(connect, Duration.ofSeconds(15), 2, Duration.ZERO),
                    Telephony.PLIVO, new Patience(connect, Duration.ofSeconds(15), 3, Duration.ofSeconds(1)),
                    Telephony.EXOTEL, new Patience(connect, Duration.ofSeconds(10), 1, Duration.ofSeconds(1)));
        }
    }

    /**
     * What is expected of a call's audio.
     *
     * @param frame the time that a frame of Twilio's or Plivo's holds: really 20 ms; more makes a heavy run lighter
     * @param opensWithin from the router's answer to an open socket
     * @param hearsWithin to the agent's first audio, and from a frame to its echo, if the agent echoes
     * @param agentGrace for an agent that is to hang up and does not
     */
    public record MediaBounds(Duration frame, Duration opensWithin, Duration hearsWithin, Duration agentGrace) {
        public MediaBounds {
            if (frame.toMillis() < 10 || frame.toMillis() > 1000) {
                throw new IllegalArgumentException("a frame must hold 10 ms to 1 s: " + frame);
            }
        }

        public static MediaBounds defaults() {
            return new MediaBounds(
                    Duration.ofMillis(20), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(10));
        }

        public MediaBounds withFrame(Duration newFrame) {
            return new MediaBounds(newFrame, opensWithin, hearsWithin, agentGrace);
        }
    }
}
