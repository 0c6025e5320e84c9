package dev.smartrouter.k3s;

import java.nio.file.Path;

/** This machine's kubectl, which brings kustomize. */
final class Kubectl {
    static final String MISSING = "no kubectl on this machine (https://kubernetes.io/docs/tasks/tools)";

    private Kubectl() {}

    /** For {@code @EnabledIf}. */
    static boolean isHere() {
        return Command.isHere("kubectl");
    }

    /** What {@code kubectl apply -k} would apply. */
    static String kustomize(Path folder) {
        return Command.output("kubectl", "kustomize", folder.toString());
    }
}
