package dev.smartrouter.app;

import com.codahale.metrics.MetricRegistry;
import dev.smartrouter.bench.Rivals;
import dev.smartrouter.http.Errors;
import dev.smartrouter.tier.TierConfig;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.logging.common.BootstrapLogging;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The router as it ships, and beside its resources those that it is measured against: a process of its own. */
public final class BenchedRouter {
    private static final Logger log = LoggerFactory.getLogger(BenchedRouter.class);
    private static final int MOST_AT_ONCE = 2_048;

    private BenchedRouter() {}

    /** @param args none; settings are environment variables, as ever */
    public static void main(String[] args) {
        BootstrapLogging.bootstrap();
        var variables = System.getenv();
        var configuration = RouterProcess.configuration(variables, Optional.empty());
        var metrics = new MetricRegistry();
        configuration.getLoggingFactory().configure(metrics, "smart-router");
        var shipped = configuration.getServerFactory();
        configuration.setServerFactory(new ServerFactory() {
            @Override
            public Server build(Environment environment) {
                var settings = configuration.settings();
                var journal = new CallJournal(new RouterMetrics(new PrometheusRegistry()), Clock.systemUTC());
                var rivals = Rivals.on(
                        settings.redis().url(),
                        Integer.parseInt(variables.getOrDefault("RIVAL_CONNECTIONS", "32")),
                        TierConfig.parse(settings.agents().tierConfig().orElseThrow()),
                        journal);
                environment.jersey().register(new Rivals.Nothing());
                environment
                        .servlets()
                        .addFilter("rivals", lanes(rivals, environment))
                        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
                return shipped.build(environment);
            }

            @Override
            public void configure(Environment environment) {
                shipped.configure(environment);
            }
        });
        RouterProcess.start(configuration, metrics);
    }

    private static ExpressLanes lanes(Rivals rivals, Environment environment) {
        return new ExpressLanes(
                rivals.lanes(),
                new RequestIds(() -> RouterId.mark(16)),
                new RequestMetrics(new PrometheusRegistry(), took -> {}, System::nanoTime),
                new Errors(panic -> log.error("a rival stumbled", panic))::toResponse,
                environment.getObjectMapper().writer(),
                MOST_AT_ONCE);
    }
}
