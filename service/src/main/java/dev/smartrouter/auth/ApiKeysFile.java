package dev.smartrouter.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys in a file, such as a mounted Secret, read again and again: a key comes and goes without a restart. */
public final class ApiKeysFile implements Supplier<ApiKeys> {
    private static final Logger log = LoggerFactory.getLogger(ApiKeysFile.class);

    private final Path file;
    private final ApiKeys besides;
    private ApiKeys keys;
    private volatile ApiKeys all;
    private boolean refused;

    /**
     * @param besides keys that hold whatever the file says
     * @throws IllegalArgumentException if it cannot be read, or holds no keys; the message holds none either
     */
    public ApiKeysFile(Path file, ApiKeys besides) {
        this.file = file;
        this.besides = besides;
        this.keys = read();
        this.all = besides.and(keys);
    }

    /** The file's, and those besides. */
    @Override
    public ApiKeys get() {
        return all;
    }

    /** Reads it again. If that is not possible, or it holds no keys now, those that were read last stay. */
    public void tick() {
        try {
            var now = read();
            if (!now.equals(keys)) log.info("the API keys changed: now {}", now);
            keys = now;
            all = besides.and(now);
            refused = false;
        } catch (IllegalArgumentException e) {
            if (!refused) log.warn("the API keys stay as they were: {}", e.getMessage());
            refused = true;
        }
    }

    private ApiKeys read() {
        ApiKeys found;
        try {
            found = ApiKeys.parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("a file that can be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a file that holds " + e.getMessage(), e);
        }
        if (found.isEmpty()) throw new IllegalArgumentException("a file that holds at least one role:secret");
        return found;
    }
}
