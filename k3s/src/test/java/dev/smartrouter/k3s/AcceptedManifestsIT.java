package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The local overlay, as a real API server judges it; nothing of it is kept. */
@EnabledIf(value = "dev.smartrouter.k3s.Kubectl#isHere", disabledReason = Kubectl.MISSING)
class AcceptedManifestsIT {
    @RegisterExtension
    static final FreshNamespace fresh = new FreshNamespace();

    @Test
    void theServerTakesEveryObject() {
        var overlay = Manifests.of(Kubectl.kustomize(Manifests.FOLDER.resolve("overlays/local")));
        for (var object : overlay.all()) {
            if (object instanceof Namespace) continue;
            assertThatCode(() -> ask(object))
                    .as(object.getKind() + " " + object.getMetadata().getName())
                    .doesNotThrowAnyException();
        }
    }

    private static void ask(HasMetadata object) {
        object.getMetadata().setNamespace(fresh.name());
        if (object instanceof Service service) {
            service.getSpec().getPorts().forEach(port -> port.setNodePort(null)); // somebody else's, perhaps
        }
        fresh.client().resource(object).dryRun().create();
    }
}
