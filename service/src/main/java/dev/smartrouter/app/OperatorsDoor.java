package dev.smartrouter.app;

import dev.smartrouter.dashboard.Dashboard;
import dev.smartrouter.dashboard.SameSite;
import dev.smartrouter.pool.DrainResource;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.setup.ServletEnvironment;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;

/** The dashboard on the ports it is set to, and beside it what its buttons press. */
final class OperatorsDoor {
    private static final String DRAIN = "/api/v1/drain";
    private static final String UNDRAIN = "/api/v1/undrain";

    private OperatorsDoor() {}

    static void open(
            Environment environment,
            DashboardPorts ports,
            Dashboard dashboard,
            DrainResource drains,
            Readiness readiness) {
        readiness.whenStopping(dashboard::end); // or those who watch would hold the stop up
        dashboard.on(environment.admin());
        guard(environment.admin());
        addButtons(environment, drains);
        if (ports == DashboardPorts.BOTH) {
            dashboard.on(environment.servlets());
            guard(environment.servlets());
        }
    }

    private static void guard(ServletEnvironment port) {
        port.addFilter("same site", new SameSite())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, DRAIN, UNDRAIN);
    }

    /** The API's own endpoints on the port for operators, for a browser that reaches only that one. */
    private static void addButtons(Environment environment, DrainResource drains) {
        var json = environment.getObjectMapper();
        var admin = environment.admin();
        admin.addServlet("drain", new ButtonServlet(drains::drain, json)).addMapping(DRAIN);
        admin.addServlet("undrain", new ButtonServlet(drains::undrain, json)).addMapping(UNDRAIN);
    }
}
