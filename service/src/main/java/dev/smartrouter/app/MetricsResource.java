package dev.smartrouter.app;

import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The metrics beside the API, in the format that the scraper prefers. */
@Path("/api/v1/metrics")
public final class MetricsResource {
    private final PrometheusRegistry registry;
    private final ExpositionFormats formats =
            ExpositionFormats.init(PrometheusProperties.get().getExporterProperties());

    MetricsResource(PrometheusRegistry registry) {
        this.registry = registry;
    }

    @GET
    public Response metrics(@HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept) throws IOException {
        var format = formats.findWriter(accept);
        var text = new ByteArrayOutputStream(1 << 16);
        format.write(text, registry.scrape());
        return Response.ok(text.toByteArray()).type(format.getContentType()).build();
    }
}
