package io.worldweave.app.http;

import io.worldweave.wire.ErrorCode;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/**
 * Answers what the container itself refuses or fails at, as every other error is answered.
 *
 * <p>Thread-safe.
 */
@WebServlet(urlPatterns = ErrorServlet.PATH, asyncSupported = true)
public class ErrorServlet extends HttpServlet {
    /** The location of the error page in {@code web.xml}. */
    static final String PATH = "/error";

    @Serial private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int code = status instanceof Integer number ? number : HttpServletResponse.SC_NOT_FOUND;
        if (code == HttpServletResponse.SC_NOT_FOUND) {
            Problems.write(response, ErrorCode.NOT_FOUND, "There is nothing at this path.");
        } else if (code == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
            Problems.write(
                    response, ErrorCode.METHOD_NOT_ALLOWED, "This resource has no such method.");
        } else if (code < HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
            Problems.write(
                    response, ErrorCode.INVALID_REQUEST, "The request cannot be understood.");
        } else {
            Problems.write(
                    response, ErrorCode.INTERNAL, "The service made a mistake, and has noted it.");
        }
    }
}
