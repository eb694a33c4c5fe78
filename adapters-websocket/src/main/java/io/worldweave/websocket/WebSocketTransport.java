package io.worldweave.websocket;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Puts the endpoints of sessions in their places when the application starts, if {@code websocket}
 * is among the transports; otherwise nothing of them is there.
 */
@WebListener
public class WebSocketTransport implements ServletContextListener {
    /** Where sessions begin. */
    public static final Set<String> PATHS = Set.of("/ws/experience", "/ws/world");

    static final String NAME = "websocket";

    @Inject
    @ConfigProperty(name = "worldweave.transports")
    List<String> transports;

    @Inject Sessions sessions;

    /** Asked for late: a wrong setting is reported by whoever starts the service, not from here. */
    @Inject Instance<AllowedOrigins> origins;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (transports.stream().map(String::strip).anyMatch(NAME::equals)) {
            register(event.getServletContext());
        }
    }

    private void register(ServletContext context) {
        FilterRegistration.Dynamic entrance =
                context.addFilter("session-entrance", new SessionEntrance(origins::get));
        boolean afterAllDeclared = true;
        entrance.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST), afterAllDeclared, PATHS.toArray(String[]::new));
        ServerContainer container =
                (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        try {
            for (String path : PATHS) {
                container.addEndpoint(
                        ServerEndpointConfig.Builder.create(SessionEndpoint.class, path)
                                .subprotocols(Subprotocols.all())
                                .configurator(new Handshake(sessions))
                                .build());
            }
        } catch (DeploymentException refused) {
            throw new IllegalStateException("the container takes no endpoint", refused);
        }
    }
}
