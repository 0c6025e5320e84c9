package dev.smartrouter.app;

import dev.smartrouter.dashboard.Dashboard;
import dev.smartrouter.dashboard.SameSite;
import dev.smartrouter.http.Errors;
import dev.smartrouter.http.Panics;
import dev.smartrouter.pool.DrainResource;
import dev.smartrouter.pool.StoreErrors;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.jackson.JacksonFeature;
import io.dropwizard.jetty.setup.ServletEnvironment;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/** The dashboard on the ports it is set to, and beside it what its buttons press. */
final class OperatorsDoor {
    private static final String[] BUTTONS = {"/api/v1/drain", "/api/v1/undrain"};

    private OperatorsDoor() {}

    static void open(
            Environment environment, DashboardPorts ports, Dashboard dashboard, DrainResource drains, Panics panics) {
        if (ports == DashboardPorts.OFF) return;
        environment.lifecycle().addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStopping(LifeCycle server) {
                dashboard.end();
            }
        });
        dashboard.on(environment.admin());
        guard(environment.admin());
        addButtons(environment, drains, panics);
        if (ports == DashboardPorts.BOTH) {
            dashboard.on(environment.servlets());
            guard(environment.servlets());
        }
    }

    private static void guard(ServletEnvironment port) {
        port.addFilter("same site", new SameSite())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, BUTTONS);
    }

    /**
     * The API's own endpoints on the port for operators, for a browser that reaches only that one. As a filter, since a
     * servlet would not see the part of the path that it is mapped to. What guards the API has to be registered here too.
     */
    private static void addButtons(Environment environment, DrainResource drains, Panics panics) {
        var api = new ResourceConfig()
                .register(new JacksonFeature(environment.getObjectMapper()))
                .register(new RequestIds(() -> RouterId.mark(16)))
                .register(new Errors(panics))
                .register(new StoreErrors())
                .register(drains);
        environment
                .admin()
                .addFilter("operators' api", new ServletContainer(api))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, BUTTONS);
    }
}
