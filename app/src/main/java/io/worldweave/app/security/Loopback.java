package io.worldweave.app.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What counts as this machine itself. */
public final class Loopback {
    /** Whoever adds one of these passes on what somebody else sent. */
    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

    private Loopback() {}

    /** Returns whether listening at {@code host} is listening to this machine alone. */
    public static boolean isLoopback(String host) {
        if (host.equals("*")) {
            return false;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException nowhere) {
            return false;
        }
    }

    /**
     * Returns whether the request was made on this machine, by its own name and with nothing in
     * between. The name counts so that no web page of elsewhere, whose name leads here, can borrow
     * a browser.
     */
    static boolean isLocal(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr())
                && isLoopback(request.getLocalAddr())
                && isLoopbackName(request.getServerName())
                && FORWARDED.stream().allMatch(name -> request.getHeader(name) == null);
    }

    private static boolean isLoopbackName(String name) {
        return name.equalsIgnoreCase("localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || name.matches("127(\\.[0-9]{1,3}){3}");
    }
}
