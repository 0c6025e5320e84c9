package dev.smartrouter.provider;

import dev.smartrouter.MerchantId;
import dev.smartrouter.auth.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a provider's accounts prove themselves with. Of one account there may be several, while one takes another's place.
 *
 * @param house of the account that is used for whoever has none of its own
 * @param merchants of those who have: for their calls these count, and no others
 */
public record Keyring<K>(List<K> house, Map<MerchantId, List<K>> merchants) {
    static final String REMEDY =
            "a comma list of secrets, or of merchant:secret for an account of a merchant's own, each secret 1 to 512"
                    + " printable ASCII characters without blank, comma or colon";

    public Keyring {
        house = List.copyOf(house);
        merchants = Map.copyOf(merchants);
    }

    /**
     * @param text a comma list of {@code secret} and {@code merchant:secret}; empty for none
     * @throws IllegalArgumentException if it is none; the message says what would be right, and holds no secret
     */
    public static Keyring<Secret> parse(String text) {
        var house = new ArrayList<Secret>();
        var merchants = new HashMap<MerchantId, List<Secret>>();
        try {
            for (var entry : Secret.entries(text)) {
                var colon = entry.indexOf(':');
                var owners = colon < 0
                        ? house
                        : merchants.computeIfAbsent(
                                new MerchantId(entry.substring(0, colon)), any -> new ArrayList<>());
                owners.add(new Secret(entry.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(REMEDY); // what was wrong may be a secret
        }
        merchants.replaceAll((merchant, secrets) -> List.copyOf(secrets));
        return new Keyring<>(house, merchants);
    }

    boolean isEmpty() {
        return house.isEmpty() && merchants.isEmpty();
    }

    boolean hasMerchants() {
        return !merchants.isEmpty();
    }

    List<K> of(Optional<MerchantId> merchant) {
        return merchant.map(merchants::get).orElse(house);
    }

    <L> Keyring<L> map(Function<K, L> change) {
        var changed = new HashMap<MerchantId, List<L>>();
        merchants.forEach((merchant, keys) ->
                changed.put(merchant, keys.stream().map(change).toList()));
        return new Keyring<>(house.stream().map(change).toList(), changed);
    }
}
