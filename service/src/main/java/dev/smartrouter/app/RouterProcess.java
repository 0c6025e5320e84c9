package dev.smartrouter.app;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jackson.FuzzyEnumModule;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running router. A process may hold several, each with its own settings. */
public final class RouterProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RouterProcess.class);
    private static final String PACKAGED = "/dev/smartrouter/app/smart-router.yml";

    private final Server server;
    private final Environment environment;
    private final Readiness readiness;
    private final Duration shutdownDelay;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private RouterProcess(Server server, Environment environment, Readiness readiness, Duration shutdownDelay) {
        this.server = server;
        this.environment = environment;
        this.readiness = readiness;
        this.shutdownDelay = shutdownDelay;
    }

    /**
     * Starts a router in this process and leaves the process's logging alone. It starts without Redis too, and is ready
     * once Redis answers.
     *
     * @param variables of the environment, by name; nothing is read from the process's own
     * @throws InvalidSettingException if one is wrong, or a required one missing
     * @throws IllegalStateException if it cannot start, as when its port is taken
     */
    public static RouterProcess start(Map<String, String> variables) {
        return start(configuration(variables, Optional.empty()), new MetricRegistry());
    }

    /**
     * @param file a Dropwizard configuration; the packaged one if empty
     * @throws InvalidSettingException if a setting is wrong, or a required one missing
     * @throws IllegalStateException if the file cannot be read, or is no configuration
     */
    static SmartRouterConfiguration configuration(Map<String, String> variables, Optional<Path> file) {
        Settings.check(variables);
        var source = new SubstitutingSourceProvider(
                file.isPresent() ? new FileConfigurationSourceProvider() : new ResourceConfigurationSourceProvider(),
                new EnvironmentSubstitutor(variables));
        var factory = new YamlConfigurationFactory<>(
                SmartRouterConfiguration.class, Validators.newValidator(), objectMapper(), "dw");
        try {
            return factory.build(source, file.map(Path::toString).orElse(PACKAGED));
        } catch (IOException | ConfigurationException e) {
            throw new IllegalStateException("the configuration cannot be read: " + oneLine(e), e);
        }
    }

    /**
     * As Dropwizard's, for the configuration and for the answers that Jersey writes; without the module that makes classes
     * at runtime, which costs more at the start than it saves in rare answers, and without what none of these holds.
     */
    private static ObjectMapper objectMapper() {
        return Jackson.newMinimalObjectMapper()
                .registerModules(
                        new FuzzyEnumModule(), new ParameterNamesModule(), new Jdk8Module(), new JavaTimeModule());
    }

    /** Starts a router, as Dropwizard's own command would, but so that a caller has it in hand. */
    static RouterProcess start(SmartRouterConfiguration configuration, MetricRegistry metrics) {
        var settings = configuration.settings();
        var application = new SmartRouterApplication();
        var json = objectMapper();
        json.getFactory()
                .setRecyclerPool(JsonRecyclerPools.sharedConcurrentDequePool()); // each request has a new thread
        var environment = new Environment(
                application.getName(),
                json,
                Validators.newValidatorFactory(),
                metrics,
                RouterProcess.class.getClassLoader(),
                new HealthCheckRegistry(),
                configuration);
        configuration.getMetricsFactory().configure(environment.lifecycle(), metrics);
        configuration.getServerFactory().configure(environment);
        application.run(configuration, environment);
        var server = configuration.getServerFactory().build(environment);
        if (server.getThreadPool() instanceof QueuedThreadPool threads
                && threads.getVirtualThreadsExecutor() instanceof VirtualThreadPool virtual) {
            virtual.setName("http"); // a log line has its thread's name, and Logback looks long for that of one without
        }
        server.setStopAtShutdown(false); // who stops it says so to its readiness first
        server.setErrorHandler(new JsonErrorPages());
        server.addBean(new NetworkConnectionLimit(
                settings.listening().mostConnections(),
                Arrays.stream(server.getConnectors())
                        .filter(each -> "application".equals(each.getName()))
                        .toArray(Connector[]::new)));
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw new IllegalStateException("the router cannot start: " + oneLine(e), e);
        }
        application.readiness().serving();
        var router = new RouterProcess(
                server,
                environment,
                application.readiness(),
                settings.listening().shutdownDelay());
        log.info("serving calls on port {}, operators on port {}", router.httpPort(), router.metricsPort());
        return router;
    }

    public int httpPort() {
        return port("application");
    }

    public int metricsPort() {
        return port("admin");
    }

    /** Where the API is, such as {@code http://localhost:8080}. */
    public URI api() {
        return URI.create("http://localhost:" + httpPort());
    }

    /** Where the operator's pages are, such as {@code http://localhost:9090}. */
    public URI admin() {
        return URI.create("http://localhost:" + metricsPort());
    }

    Environment environment() {
        return environment;
    }

    /**
     * Readiness fails first, so that new calls go elsewhere, and each answer closes its connection, so that who asks again
     * asks another router; after SHUTDOWN_DELAY the router stops as in close.
     */
    void stopGently() {
        leave();
        try {
            var unused = stopped.await(shutdownDelay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Stops now: no new connections; requests in flight have the configuration's grace period to finish. */
    @Override
    public void close() {
        leave();
        finish();
        stop(server);
        stopped.countDown();
    }

    private void leave() {
        readiness.stopping();
        connectors()
                .flatMap(each -> each.getContainedBeans(HttpConfiguration.class).stream())
                .forEach(each -> each.setPersistentConnectionsEnabled(false));
    }

    /**
     * Until every connection is closed whoever has one is served: a server that is being stopped would answer 503 on it,
     * and a release is said only once.
     */
    private void finish() {
        connectors().map(NetworkConnector.class::cast).forEach(NetworkConnector::close);
        var closed = connectors().map(Connector::shutdown).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(closed).get(server.getStopTimeout(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("requests in flight are cut off");
        }
        server.setStopTimeout(0); // that was the grace
    }

    private Stream<Connector> connectors() {
        return Arrays.stream(server.getConnectors());
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the router did not stop: " + oneLine(e), e);
        }
    }

    private static String oneLine(Exception e) {
        return Variable.shown(String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " "));
    }

    private int port(String connector) {
        return connectors()
                .filter(each -> connector.equals(each.getName()))
                .map(each -> ((NetworkConnector) each).getLocalPort())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the configuration has no connector '" + connector + "'"));
    }
}
