package dev.smartrouter.pool;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import redis.clients.jedis.HostAndPort;

/**
 * Where Redis is.
 *
 * @param hosts the server; or the sentinels that know it; or nodes of its cluster
 * @param user empty for the default user
 * @param password as written in the URL
 * @param passwordFile where it is instead, read anew for each connection, so that it can be changed there
 * @param trust what a server's certificate must be signed by; empty: by whom Java trusts
 * @param database 0 for a cluster
 * @param master the name by which sentinels know the server; empty without sentinels
 */
public record RedisUrl(
        Kind kind,
        List<HostAndPort> hosts,
        Optional<String> user,
        Optional<String> password,
        Optional<Path> passwordFile,
        Optional<TrustedCertificates> trust,
        int database,
        String master) {
    /** How to find the server. */
    public enum Kind {
        STANDALONE,
        TLS,
        SENTINEL,
        CLUSTER
    }

    private static final String FORMS =
            "redis://[user:password@]host[:6379][/db], rediss://… , redis-sentinel://[user:password@]host[:26379],…/master[?db=0]"
                    + " or redis-cluster://[user:password@]host[:6379],…";
    private static final Pattern URL = Pattern.compile(
            "(redis|rediss|redis-sentinel|redis-cluster)://"
                    + "(?:(?<user>[^:@/]*):(?<password>[^@/]*)@)?(?<hosts>[^/?@]+)(?:/(?<path>[^?]*))?(?:\\?db=(?<db>\\d{1,4}))?");
    private static final Pattern HOST =
            Pattern.compile("(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::(?<port>\\d{1,5}))?");
    private static final String TWO_PASSWORDS =
            "REDIS_PASSWORD_FILE must be unset where REDIS_URL has a password: one of the two";
    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    public RedisUrl {
        hosts = List.copyOf(hosts);
    }

    /** @throws IllegalArgumentException if it is no such URL; the message never holds the password */
    public static RedisUrl parse(String text) {
        var url = URL.matcher(text);
        if (!url.matches()) throw wrong("is none");
        var scheme = url.group(1);
        var kind = switch (scheme) {
            case "redis" -> Kind.STANDALONE;
            case "rediss" -> Kind.TLS;
            case "redis-sentinel" -> Kind.SENTINEL;
            default -> Kind.CLUSTER;
        };
        var hosts = hosts(url.group("hosts"), kind == Kind.SENTINEL ? SENTINEL_PORT : REDIS_PORT);
        if (hosts.size() > 1 && (kind == Kind.STANDALONE || kind == Kind.TLS)) throw wrong("names several hosts");
        var path = Optional.ofNullable(url.group("path")).orElse("");
        var db = url.group("db");
        if (kind == Kind.SENTINEL && path.isEmpty()) throw wrong("lacks the master's name");
        if (kind == Kind.CLUSTER && !(path.isEmpty() && db == null))
            throw wrong("names a database, which a cluster has not");
        if (kind != Kind.SENTINEL && !path.isEmpty()) {
            if (!path.matches("\\d{1,4}") || db != null) throw wrong("has a database that is no number");
            db = path;
        }
        return new RedisUrl(
                kind,
                hosts,
                decoded(url.group("user")),
                decoded(url.group("password")),
                Optional.empty(),
                Optional.empty(),
                db == null ? 0 : Integer.parseInt(db),
                kind == Kind.SENTINEL ? path : "");
    }

    /**
     * The same, with the password that this file holds.
     *
     * @throws IllegalArgumentException if the URL has one already, or the file none
     */
    public RedisUrl withPasswordIn(Path file) {
        if (password.isPresent()) throw new IllegalArgumentException(TWO_PASSWORDS);
        var unused = passwordIn(file);
        return new RedisUrl(kind, hosts, user, password, Optional.of(file), trust, database, master);
    }

    /**
     * The same, believing none but these certificates.
     *
     * @throws IllegalArgumentException if there is no TLS, or the file is no such file
     */
    public RedisUrl trusting(Path file) {
        if (kind != Kind.TLS) throw new IllegalArgumentException("REDIS_CA_FILE must be unset without rediss://");
        return new RedisUrl(
                kind, hosts, user, password, passwordFile, Optional.of(TrustedCertificates.in(file)), database, master);
    }

    /** The password as it is now, wherever it is. */
    Optional<String> currentPassword() {
        return passwordFile.map(RedisUrl::passwordIn).or(() -> password);
    }

    private static String passwordIn(Path file) {
        try {
            var text = Files.readString(file).strip();
            if (!text.isEmpty()) return text;
        } catch (IOException e) {
            // as good as none
        }
        throw new IllegalArgumentException("REDIS_PASSWORD_FILE must be a file with a password, not an empty one");
    }

    /** Without the password, fit for a log line. */
    @Override
    public String toString() {
        return kind + " " + hosts + (master.isEmpty() ? "" : " master " + master)
                + (database == 0 ? "" : " db " + database);
    }

    private static List<HostAndPort> hosts(String text, int defaultPort) {
        var hosts = new ArrayList<HostAndPort>();
        for (var each : text.split(",", -1)) {
            var host = HOST.matcher(each);
            if (!host.matches())
                throw wrong("has no host and port where its host number " + (hosts.size() + 1) + " should be");
            var port = host.group("port") == null ? defaultPort : Integer.parseInt(host.group("port"));
            if (port < 1 || port > 65_535) throw wrong("has the port " + port);
            hosts.add(new HostAndPort(host.group("host").replaceAll("[\\[\\]]", ""), port));
        }
        return hosts;
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.ofNullable(text)
                    .filter(t -> !t.isEmpty())
                    .map(t -> URLDecoder.decode(t.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) { // it shows some of the password
            throw wrong("has a % in its user or password that no two hex digits follow");
        }
    }

    private static IllegalArgumentException wrong(String how) {
        return new IllegalArgumentException("a Redis URL must be " + FORMS + "; this one " + how);
    }
}
