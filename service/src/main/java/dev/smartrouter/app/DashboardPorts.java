package dev.smartrouter.app;

/** Where the operator's page is: on the port for operators, on the API's as well, or nowhere. */
public enum DashboardPorts {
    ADMIN,
    BOTH,
    OFF
}
