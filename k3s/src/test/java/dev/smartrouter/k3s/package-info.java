/**
 * The router on a real Kubernetes: one end-to-end story per test class, on a k3s container or on the cluster that
 * {@code SMART_ROUTER_KUBECONFIG} names, from the manifests that ship.
 */
@NullMarked
package dev.smartrouter.k3s;

import org.jspecify.annotations.NullMarked;
