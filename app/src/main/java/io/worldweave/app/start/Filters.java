package io.worldweave.app.start;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;

/**
 * Puts filters before all requests, in the order of the calls, and before every filter that is
 * declared.
 */
final class Filters {
    private Filters() {}

    static void add(ServletContext context, String name, Filter filter) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        boolean afterAllDeclared = false;
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST), afterAllDeclared, "/*");
    }
}
