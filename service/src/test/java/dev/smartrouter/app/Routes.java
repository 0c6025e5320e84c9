package dev.smartrouter.app;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.jersey.server.model.Resource;

/** The routes of a running router, {@code GET /health} and the like, as its server knows them. */
final class Routes {
    private static final List<String> PROVIDERS = List.of("twilio", "plivo", "exotel");

    private Routes() {}

    static Set<String> served(RouterProcess router) {
        return router.environment().jersey().getResourceConfig().getClasses().stream()
                .map(Resource::from)
                .filter(resource -> resource != null && resource.getPath() != null)
                .flatMap(resource -> routesOf("", List.of(resource)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> routesOf(String parent, Collection<Resource> resources) {
        return resources.stream().flatMap(resource -> {
            var path = parent + "/" + resource.getPath();
            return Stream.concat(
                    resource.getResourceMethods().stream()
                            .filter(method -> !method.getHttpMethod().equals("HEAD")) // refused, not served
                            .flatMap(method -> each(method.getHttpMethod(), path)),
                    routesOf(path, resource.getChildResources()));
        });
    }

    /** One for each provider, and one for a callback's path with, without and with an empty template. */
    static Stream<String> each(String method, String path) {
        var plain = path.replaceAll("/{2,}", "/")
                .replaceAll("/callback(/|/\\{template}|\\{template:.*})?$", "/callback")
                .replaceAll("\\{ *(\\w+) *:[^{}]*}", "{$1}");
        return plain.contains("{provider}")
                ? PROVIDERS.stream().map(provider -> method + " " + plain.replace("{provider}", provider))
                : Stream.of(method + " " + plain);
    }
}
