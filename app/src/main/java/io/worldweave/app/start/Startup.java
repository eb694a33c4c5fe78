package io.worldweave.app.start;

import io.worldweave.app.config.Settings;
import io.worldweave.app.security.AuthenticationFilter;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.List;

/**
 * Starts and stops the service with the application. What keeps it from starting is said on the
 * console, and ends the process: there is nothing else in it to go on for.
 *
 * <p>A signal to the process stops the service at once, beside the container, which would first
 * wait half a minute for open streams to end.
 */
@WebListener
public class Startup implements ServletContextListener {
    private static final System.Logger LOG = System.getLogger(Startup.class.getName());
    private static final int EXIT_STATUS = 1;

    @Inject Instance<Settings> settings;
    @Inject Instance<Service> service;
    private boolean started;

    @Override
    public synchronized void contextInitialized(ServletContextEvent event) {
        try {
            Content.install(event.getServletContext(), settings.get());
            service.get().start(event.getServletContext());
            started = true;
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform().name("worldweave-stop").unstarted(this::stop));
        } catch (RuntimeException failure) {
            // Until the process has ended, nobody is let in.
            Filters.add(
                    event.getServletContext(),
                    "authentication",
                    new AuthenticationFilter(List.of()));
            refuse(failure);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        stop();
    }

    private synchronized void stop() {
        if (started) {
            started = false;
            service.get().stop();
        }
    }

    private static void refuse(RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, "Worldweave cannot start: " + reason(failure));
        LOG.log(System.Logger.Level.DEBUG, "in detail", failure);
        // On a thread of its own: the exit waits for the container, and the container for this one.
        Thread.ofPlatform().name("worldweave-exit").start(() -> System.exit(EXIT_STATUS));
    }

    /** Returns what the first failure that has something to say says. */
    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapped = failure.getClass().getName().startsWith("org.jboss.weld");
        if (cause != null && (wrapped || failure.getMessage() == null)) {
            return reason(cause);
        }
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return cause == null ? message : message + " (" + cause + ")";
    }
}
