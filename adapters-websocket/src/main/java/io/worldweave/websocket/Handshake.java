package io.worldweave.websocket;

import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.Role;
import io.worldweave.domain.user.UserId;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.security.Principal;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is settled while HTTP becomes a socket: whose it is, as the request's principal and roles
 * say it, and the subprotocol.
 *
 * <p>Thread-safe.
 */
final class Handshake extends ServerEndpointConfig.Configurator {
    private static final String IDENTITY = Identity.class.getName();

    private final Sessions sessions;

    Handshake(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Returns whose socket it is, or null if nobody has vouched for one. */
    static @Nullable Identity identity(Session socket) {
        return (Identity) socket.getUserProperties().get(IDENTITY);
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpoint) {
        return endpoint.cast(new SessionEndpoint(sessions));
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return Subprotocols.choose(requested);
    }

    /** The properties are the socket's own: the container copies them for each. */
    @Override
    public void modifyHandshake(
            ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            config.getUserProperties().remove(IDENTITY);
        } else {
            config.getUserProperties()
                    .put(IDENTITY, new Identity(new UserId(principal.getName()), roles(request)));
        }
    }

    private static Set<Role> roles(HandshakeRequest request) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (request.isUserInRole(role.name().toLowerCase(Locale.ROOT))) {
                roles.add(role);
            }
        }
        return roles;
    }
}
