package io.worldweave.sse;

import io.worldweave.domain.weave.Cursor;
import io.worldweave.wire.CursorToken;
import io.worldweave.wire.WireVersion;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What requests for streams say beside their address. */
final class StreamRequest {
    /** What a client is told that asked for another version. */
    static final String VERSIONS =
            Stream.of(WireVersion.values())
                    .map(WireVersion::number)
                    .collect(Collectors.joining(", ", "the versions are: ", ""));

    private StreamRequest() {}

    /** Returns the version in the query, or the default one; null if it is not spoken here. */
    static @Nullable WireVersion version(HttpServletRequest request) {
        String number = request.getParameter("version");
        return number == null ? WireVersion.DEFAULT : WireVersion.of(number);
    }

    /**
     * Returns where the client wants to go on, or null if it says nothing that leads anywhere: such
     * a client begins anew, which is what a browser that comes back by itself needs.
     */
    static @Nullable Cursor cursor(HttpServletRequest request, CursorToken tokens) {
        String header = request.getHeader("Last-Event-ID");
        String token = header == null ? request.getParameter("lastEventId") : header;
        return token == null ? null : tokens.decode(token);
    }
}
