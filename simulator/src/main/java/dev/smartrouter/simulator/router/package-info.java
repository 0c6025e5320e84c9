/**
 * The routers under test: replicas in this process or in their own, behind one port as a Service would have them.
 */
@NullMarked
package dev.smartrouter.simulator.router;

import org.jspecify.annotations.NullMarked;
