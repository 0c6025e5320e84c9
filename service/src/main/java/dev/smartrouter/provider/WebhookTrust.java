package dev.smartrouter.provider;

import dev.smartrouter.auth.Secret;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By what webhooks are believed, as an operator set it.
 *
 * @param publicUrl where providers call; who signs needs it
 * @param modes of providers for which one was set
 */
public record WebhookTrust(
        Optional<PublicUrl> publicUrl,
        Map<String, WebhookMode> modes,
        Keyring<Secret> twilio,
        Keyring<Secret> plivo,
        Keyring<Secret> exotel,
        Networks exotelNetworks) {
    public static final List<String> PROVIDERS = Providers.NAMES;

    /** Nobody proves anything. */
    public static WebhookTrust none() {
        var nothing = Keyring.parse("");
        return new WebhookTrust(Optional.empty(), Map.of(), nothing, nothing, nothing, Networks.ANY);
    }

    /**
     * @param text one mode for all providers, or {@code twilio=enforce,exotel=log}; empty for none
     * @throws IllegalArgumentException if it is none; the message says what would be right
     */
    public static Map<String, WebhookMode> modes(String text) {
        var modes = new HashMap<String, WebhookMode>();
        for (var entry : Secret.entries(text)) {
            var equals = entry.indexOf('=');
            var mode = modeNamed(entry.substring(equals + 1));
            var whose =
                    equals < 0 ? PROVIDERS : List.of(entry.substring(0, equals).strip());
            if (!PROVIDERS.containsAll(whose)) throw wrongModes();
            for (var provider : whose) if (modes.put(provider, mode) != null) throw wrongModes();
        }
        return modes;
    }

    private static WebhookMode modeNamed(String text) {
        return Arrays.stream(WebhookMode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(WebhookTrust::wrongModes);
    }

    private static IllegalArgumentException wrongModes() {
        return new IllegalArgumentException("off, log or enforce, or such by provider: twilio=enforce,exotel=log");
    }

    /** As it was set; if it was not, enforced where there is something to go by. */
    public WebhookMode mode(String provider) {
        return modes.getOrDefault(provider, isProvable(provider) ? WebhookMode.ENFORCE : WebhookMode.OFF);
    }

    /** Whether there is something that this provider can prove itself with. */
    public boolean isProvable(String provider) {
        return switch (provider) {
            case "twilio" -> !twilio.isEmpty();
            case "plivo" -> !plivo.isEmpty();
            default -> !exotel.isEmpty() || !exotelNetworks.isEmpty();
        };
    }

    /** Whether somebody's signature is to be checked, and the address that is signed is not known. */
    public boolean lacksPublicUrl() {
        return publicUrl.isEmpty()
                && List.of("twilio", "plivo").stream()
                        .anyMatch(provider -> isProvable(provider) && mode(provider) != WebhookMode.OFF);
    }

    /** Nothing proves a provider without secrets: where that is enforced, all of its webhooks are refused. */
    Proof proof(String provider) {
        if (!isProvable(provider)) return webhook -> false;
        return switch (provider) {
            case "twilio" -> new TwilioSignature(publicUrl.orElseThrow(), twilio);
            case "plivo" -> new PlivoSignature(publicUrl.orElseThrow(), plivo);
            default -> new ExotelOrigin(exotelNetworks, exotel);
        };
    }
}
