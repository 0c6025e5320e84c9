package dev.smartrouter.k3s;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.smartrouter.app.RouterProcess;
import dev.smartrouter.cluster.ClusterClient;
import dev.smartrouter.cluster.Permissions;
import dev.smartrouter.k3s.RouterAccount.Right;
import dev.smartrouter.pool.RedisServerFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.slf4j.LoggerFactory;

/** Which rights a router misses, as a real API server says it. */
class RightsIT {
    @RegisterExtension
    static final FreshNamespace fresh = new FreshNamespace();

    static final List<Right> rights = RouterAccount.RIGHTS;

    @TempDir
    private Path directory;

    @Test
    void theRightsThatShipAreEnough() {
        assertThat(missing(rights)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("rights")
    void eachRightIsNeededAndNamed(Right right) {
        assertThat(missing(without(right))).singleElement().asString().contains("may not " + right + " ");
    }

    @Test
    void aRouterThatMayNotWatchSaysSoAtItsStart() {
        var log = (Logger) LoggerFactory.getLogger(Permissions.class);
        var written = new ListAppender<ILoggingEvent>();
        written.start();
        log.addAppender(written);
        try (var unused = RouterProcess.start(environment(kubeconfig(without(new Right("watch", "pods")))))) {
            assertThat(written.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .singleElement()
                    .asString()
                    .contains("may not watch pods in namespace " + fresh.name(), "verbs: [\"watch\"]");
        } finally {
            log.detachAppender(written);
        }
    }

    private List<String> missing(List<Right> granted) {
        try (var client = ClusterClient.connect(Optional.of(kubeconfig(granted)), Duration.ofSeconds(10))) {
            return Permissions.missing(client, fresh.name());
        }
    }

    private Path kubeconfig(List<Right> granted) {
        return RouterAccount.kubeconfig(fresh.client(), fresh.name(), granted, directory);
    }

    private static List<Right> without(Right right) {
        return rights.stream().filter(each -> !each.equals(right)).toList();
    }

    private static Map<String, String> environment(Path kubeconfig) {
        return Map.ofEntries(
                entry("HTTP_PORT", "0"),
                entry("METRICS_PORT", "0"),
                entry("REDIS_URL", RedisServerFixture.shared().url()),
                entry("VOICE_AGENT_BASE_URL", "wss://agents.example"),
                entry("NAMESPACE", fresh.name()),
                entry("KUBECONFIG", kubeconfig.toString()));
    }
}
