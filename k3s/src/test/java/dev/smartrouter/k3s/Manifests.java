package dev.smartrouter.k3s;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Kubernetes objects as YAML says them, read so that a field that Kubernetes does not know is a failure. */
record Manifests(List<HasMetadata> all) {
    static final Path FOLDER = Path.of("manifests");

    /** What Kubernetes itself does not know: kustomize's own, and the Prometheus operator's. */
    private static final Set<String> FOREIGN = Set.of("Kustomization", "Component", "ServiceMonitor", "PrometheusRule");

    private static final KubernetesSerialization MODELS = new KubernetesSerialization();
    private static final YAMLMapper STRICT = strict();

    /** Every file that ships. */
    static Manifests shipped() {
        try (var files = Files.walk(FOLDER)) {
            return new Manifests(files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(file -> read(text(file)).stream())
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifests of(String yaml) {
        return new Manifests(read(yaml));
    }

    <T extends HasMetadata> List<T> every(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends HasMetadata> Optional<T> find(Class<T> kind, String name) {
        return every(kind).stream()
                .filter(each -> each.getMetadata().getName().equals(name))
                .findFirst();
    }

    <T extends HasMetadata> T only(Class<T> kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + name));
    }

    <T extends HasMetadata> List<String> names(Class<T> kind) {
        return every(kind).stream().map(each -> each.getMetadata().getName()).toList();
    }

    /** What a foreign kind holds, of which we have no model. */
    static Stream<JsonNode> foreign(Path file) {
        return documents(text(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<HasMetadata> read(String yaml) {
        return documents(yaml)
                .filter(document -> !FOREIGN.contains(document.path("kind").asText()))
                .map(Manifests::object)
                .toList();
    }

    private static HasMetadata object(JsonNode document) {
        var version = document.path("apiVersion").asText();
        var kind = document.path("kind").asText();
        var model = MODELS.getRegisteredKubernetesResource(version, kind);
        if (model == null) throw new AssertionError("no " + kind + " in " + version);
        try {
            return (HasMetadata) STRICT.treeToValue(document, model);
        } catch (IOException e) {
            throw new AssertionError(document.at("/metadata/name") + ": " + e.getMessage(), e);
        }
    }

    private static Stream<JsonNode> documents(String yaml) {
        try (var parser = new YAMLFactory().createParser(yaml)) {
            return STRICT.readValues(parser, JsonNode.class).readAll().stream().filter(node -> !node.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model keeps what it does not know in a map; without that map, it refuses it. */
    private static YAMLMapper strict() {
        var mapper = new YAMLMapper();
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
            private static final long serialVersionUID = 1;

            @Override
            public Boolean hasAnySetter(Annotated ignored) {
                return false;
            }
        });
        return mapper;
    }

    /** Whatever of it there is, by its name. */
    static <T> T named(List<T> all, Function<T, String> name, String wanted) {
        return all.stream()
                .filter(each -> wanted.equals(name.apply(each)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + wanted));
    }
}
