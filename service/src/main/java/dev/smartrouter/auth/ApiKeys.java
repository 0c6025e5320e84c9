package dev.smartrouter.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may do what: secrets and their roles. Several of one role serve while one takes another's place. */
public record ApiKeys(List<Key> keys) {
    private static final int LEAST_CHARS = 16;
    private static final String REMEDY = "a comma list of role:secret, the role allocate, operate or read, the secret "
            + LEAST_CHARS + " to 512 printable ASCII characters without blank, comma or colon";

    public static final ApiKeys NONE = new ApiKeys(List.of());

    public ApiKeys {
        keys = List.copyOf(keys);
    }

    public record Key(Role role, Secret secret) {}

    /**
     * @param text a comma list or lines of {@code role:secret}; lines that begin with # are for people
     * @throws IllegalArgumentException if it is none; the message says what would be right, and holds no secret
     */
    public static ApiKeys parse(String text) {
        var keys = new ArrayList<Key>();
        text.lines()
                .filter(line -> !line.strip().startsWith("#"))
                .flatMap(line -> Secret.entries(line).stream())
                .map(ApiKeys::key)
                .forEach(keys::add);
        return new ApiKeys(keys);
    }

    private static Key key(String entry) {
        try {
            var colon = entry.indexOf(':');
            var role = Role.valueOf(entry.substring(0, Math.max(colon, 0)).toUpperCase(Locale.ROOT));
            var secret = new Secret(entry.substring(colon + 1));
            if (secret.text().length() >= LEAST_CHARS) return new Key(role, secret);
        } catch (IllegalArgumentException e) {
            // its message would hold what may be a secret
        }
        throw new IllegalArgumentException(REMEDY);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The most that this key allows; empty if it is none of these. Looks at all of them, whichever it is. */
    Optional<Role> roleOf(String key) {
        Optional<Role> most = Optional.empty();
        for (var each : keys) {
            var matches = each.secret.is(key);
            if (matches && most.filter(role -> role.compareTo(each.role) > 0).isEmpty()) most = Optional.of(each.role);
        }
        return most;
    }

    ApiKeys and(ApiKeys others) {
        return new ApiKeys(Stream.concat(keys.stream(), others.keys.stream()).toList());
    }

    /** How many, and nothing else of them. */
    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
