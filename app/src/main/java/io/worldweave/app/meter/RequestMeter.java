package io.worldweave.app.meter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Counts requests by the class of their status; a stream counts when it begins.
 *
 * <p>Thread-safe.
 */
public final class RequestMeter extends HttpFilter {
    @Serial private static final long serialVersionUID = 1L;

    private final transient MetricRegistry registry;

    public RequestMeter(MetricRegistry registry) {
        this.registry = registry;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } finally {
            String outcome = response.getStatus() / 100 + "xx";
            registry.counter("worldweave_requests", new Tag("status", outcome)).inc();
        }
    }
}
