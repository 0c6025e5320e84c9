package dev.smartrouter.provider;

import com.google.common.net.InetAddresses;
import dev.smartrouter.auth.Secret;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * Exotel signs nothing. What can be asked is where a webhook comes from, and that its URL holds a secret, as
 * {@code auth_token} in its query; what is set of the two must hold.
 */
final class ExotelOrigin implements Proof {
    private static final String SECRET = "auth_token";

    private final boolean anywhere;
    private final InetAddressSet networks;
    private final Keyring<Secret> secrets;

    ExotelOrigin(Networks networks, Keyring<Secret> secrets) {
        this.anywhere = networks.isEmpty();
        this.networks = networks.set();
        this.secrets = secrets;
    }

    @Override
    public boolean holds(SentWebhook webhook) {
        if (anywhere && secrets.isEmpty()) return false;
        return (anywhere || comesFrom(webhook.from())) && (secrets.isEmpty() || knows(webhook));
    }

    private boolean comesFrom(String address) {
        return InetAddresses.isInetAddress(address) && networks.test(InetAddresses.forString(address));
    }

    private boolean knows(SentWebhook webhook) {
        var said = Form.sorted(webhook.rawQuery()).getOrDefault(SECRET, List.of(""));
        var knows = false;
        for (var secret : secrets.of(secrets.hasMerchants() ? webhook.merchant() : Optional.empty())) {
            knows |= secret.is(said.getFirst());
        }
        return knows;
    }
}
