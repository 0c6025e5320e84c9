package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** The router's user in Redis may do what the router does, and nothing else. */
class ShippedRedisUserIT {
    private static final Pattern IN_SCRIPTS = Pattern.compile("'([A-Z]{3,})'");
    /** What is sent besides scripts' own commands. */
    private static final List<String> BY_THE_LINK =
            List.of("eval", "evalsha", "script|load", "info", "ping", "select", "client|setname", "exists");
    /** Words in capitals that are no commands: verdicts and options. */
    private static final Pattern COMMANDS_USED = Pattern.compile("(?:call|try)\\(([^\n]*?)(?:,|\\))");

    @Test
    void itHasTheCommandsOfTheScriptsAndOfTheLinkAndNoOthers() {
        var used = new TreeSet<>(BY_THE_LINK);
        for (var script : ShippedScripts.names()) {
            var calls = COMMANDS_USED.matcher(ShippedScripts.source(script));
            while (calls.find()) {
                IN_SCRIPTS
                        .matcher(calls.group(1))
                        .results()
                        .forEach(word -> used.add(word.group(1).toLowerCase(Locale.ROOT)));
            }
        }
        assertThat(words("+")).containsExactlyInAnyOrderElementsOf(used);
        assertThat(words("-")).containsExactly("@all");
        assertThat(words("~")).containsExactly("voice:*");
    }

    @Test
    void itMayNeitherEmptyNorSearchNorConfigureTheServer() {
        try (var user = user()) {
            user.set("voice:tier:config", "{}");
            user.del("voice:tier:config");
            refused(user::flushAll);
            refused(() -> user.keys("*"));
            refused(() -> user.configGet("*"));
            refused(() -> user.sendCommand(Command.ACL, "LIST"));
            refused(user::scriptFlush);
            refused(() -> user.publish("channel", "message"));
            refused(() -> user.get("others:key"));
            refused(() -> user.eval("return redis.call('GET', 'others:key')"));
            refused(() -> user.eval("return redis.call('FLUSHALL')"));
        }
    }

    @Test
    void asItShipsNobodyIsThisUser() {
        try (var admin = RedisServerFixture.shared().connect()) {
            var rules = ShippedRedisUser.words();
            admin.aclSetUser("as-shipped", rules.subList(1, rules.size() - 1).toArray(String[]::new));
            try (var user = new Jedis("127.0.0.1", RedisServerFixture.shared().port())) {
                assertThatThrownBy(() -> user.auth("as-shipped", "")).hasMessageContaining("WRONGPASS");
            } finally {
                admin.aclDelUser("as-shipped");
            }
        }
    }

    private static Jedis user() {
        var user = new Jedis("127.0.0.1", RedisServerFixture.shared().port());
        user.auth(ShippedRedisUser.NAME, ShippedRedisUser.PASSWORD);
        return user;
    }

    private static void refused(ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOf(JedisDataException.class)
                .hasMessageFindingMatch(
                        "NOPERM|can't run this command|can't access at least one of the keys|No permissions");
    }

    private static List<String> words(String sign) {
        return ShippedRedisUser.words().stream()
                .filter(word -> word.startsWith(sign))
                .map(word -> word.substring(1))
                .toList();
    }
}
