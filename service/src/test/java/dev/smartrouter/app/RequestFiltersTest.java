package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.http.Errors;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Jersey without a server: what the filters and the last mapper make of a request. */
class RequestFiltersTest {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final ApplicationHandler jersey = new ApplicationHandler(new ResourceConfig()
            .register(new RequestIds(() -> "made"))
            .register(new RequestMetrics(registry, took -> {}, nanos::get))
            .register(new Errors(new PanicLog(new RouterMetrics(registry))))
            .register(Troubled.class)
            .property(ServerProperties.WADL_FEATURE_DISABLE, true));

    /** A resource that stumbles. */
    @Path("/trouble/{deep}")
    public static final class Troubled {
        @GET
        public String get(@PathParam("deep") String deep) {
            if (deep.equals("id")) return MDC.get(RequestIds.FIELD);
            if (deep.equals("overflow")) throw new StackOverflowError("secret");
            throw new IllegalStateException("secret " + deep);
        }
    }

    @Test
    void whatNobodyExpectedIsA500WithoutDetailsAndCounted() throws Exception {
        for (var how : new String[] {"state", "overflow"}) {
            var response = get("/trouble/" + how);
            assertThat(response.getStatus()).isEqualTo(500);
            assertThat(response.getEntity()).hasToString("ErrorBody[error=internal error]");
            assertThat(response.getHeaderString(RequestIds.HEADER)).isEqualTo("made");
        }
        assertThat(scrape())
                .contains(
                        "smart_router_panics_recovered_total 2.0",
                        "http_requests_total{endpoint=\"/trouble/{deep}\",method=\"GET\",status=\"500\"} 2.0")
                .doesNotContain("secret");
    }

    @Test
    void logLinesOfARequestCarryItsIdAndNoneAfterIt() throws Exception {
        assertThat(get("/trouble/id").getEntity()).isEqualTo("made");
        assertThat(MDC.get(RequestIds.FIELD)).isNull();
    }

    @Test
    void aMethodNobodyKnowsMakesNoSeries() throws Exception {
        send("BREW", "/trouble/x");
        assertThat(scrape()).contains("method=\"other\",status=\"405\"").doesNotContain("BREW");
    }

    private ContainerResponse get(String path) throws Exception {
        return send("GET", path);
    }

    private ContainerResponse send(String method, String path) throws Exception {
        var base = URI.create("http://localhost/");
        return jersey.apply(
                        new ContainerRequest(base, base.resolve(path), method, null, new MapPropertiesDelegate(), null))
                .get();
    }

    private String scrape() throws Exception {
        var text = new ByteArrayOutputStream();
        ExpositionFormats.init(PrometheusProperties.get().getExporterProperties())
                .getPrometheusTextFormatWriter()
                .write(text, registry.scrape());
        return text.toString(StandardCharsets.UTF_8);
    }
}
