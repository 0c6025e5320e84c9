package dev.smartrouter.simulator;

import dev.smartrouter.app.InvalidSettingException;
import java.util.concurrent.CountDownLatch;

/** {@code make run}: a router with all that it needs, on this machine, until Ctrl-C. */
public final class Main {
    private Main() {}

    /** Exits with 1 and one line on stderr if something it needs cannot be had. */
    public static void main(String[] args) {
        try {
            var town = SmallTown.start(System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(town::close, "stop"));
            System.out.println(town.welcome());
            new CountDownLatch(1).await(); // the shutdown hook stops it all
        } catch (InvalidSettingException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
