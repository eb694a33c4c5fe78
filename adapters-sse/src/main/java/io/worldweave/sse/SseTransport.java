package io.worldweave.sse;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Puts the streams over HTTP in their places when the application starts, if {@code sse} is among
 * the transports; otherwise nothing of them is there.
 *
 * <p>Event streams of experiences are served by a filter, because the pattern of a servlet cannot
 * have a variable in its middle. It comes after all filters that are declared, whoever vouches for
 * callers included.
 */
@WebListener
public class SseTransport implements ServletContextListener {
    static final String NAME = "sse";

    @Inject
    @ConfigProperty(name = "worldweave.transports", defaultValue = NAME)
    List<String> transports;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (transports.stream().map(String::strip).anyMatch(NAME::equals)) {
            register(event.getServletContext());
        }
    }

    private static void register(ServletContext context) {
        ServletRegistration.Dynamic chat = context.addServlet("chat", ChatServlet.class);
        chat.addMapping("/chat/*", ChatServlet.ALIAS);
        chat.setAsyncSupported(true);

        FilterRegistration.Dynamic events =
                context.addFilter("experience-events", ExperienceEventsFilter.class);
        boolean afterAllDeclared = true;
        events.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST), afterAllDeclared, "/experiences/*");
        events.setAsyncSupported(true);
    }
}
