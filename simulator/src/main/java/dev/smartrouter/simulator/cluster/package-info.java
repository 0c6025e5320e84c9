/**
 * A Kubernetes API in this process and what makes its pods come and go: a StatefulSet's controller and a kubelet. The
 * router talks to it through its own client, as to any other.
 */
@NullMarked
package dev.smartrouter.simulator.cluster;

import org.jspecify.annotations.NullMarked;
