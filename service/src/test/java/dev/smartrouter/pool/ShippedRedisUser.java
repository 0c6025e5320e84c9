package dev.smartrouter.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The router's user in Redis, from the file that ships: routers in tests are this user, so that whatever they need and
 * it may not do fails a test. The tests' own connections are of the default user.
 */
public final class ShippedRedisUser {
    static final Path FILE = Stream.of("..", ".") // tests run in a module's folder, benchmarks in the one above
            .map(root -> Path.of(root, "k3s/manifests/redis/users.acl"))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow();
    static final String NAME = "smart-router";
    static final String PASSWORD = "of-a-test";

    private ShippedRedisUser() {}

    /** Its rules as words after {@code user}, its name first, with a password. */
    static List<String> words() {
        try {
            var words = List.of(Files.readString(FILE).strip().split(" "));
            if (!words.subList(0, 2).equals(List.of("user", NAME)))
                throw new IllegalStateException(FILE + ": " + words);
            return Stream.concat(words.stream().skip(1), Stream.of(">" + PASSWORD))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a router finds a Redis of ours, and as whom. */
    public static String url(int port) {
        return "redis://" + NAME + ":" + PASSWORD + "@127.0.0.1:" + port;
    }
}
