package io.worldweave.app.http;

import io.worldweave.domain.play.Answered;
import io.worldweave.domain.play.Keyed;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.wire.ErrorCode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Idempotency-Key} of a request, and the fingerprint of that request.
 *
 * <p>The key is a string in quotes, as the draft of the IETF's HTTP API group has it, or the same
 * text bare, as most clients send it.
 */
record RequestKey(IdempotencyKey key, String fingerprint) {
    static final String HEADER = "Idempotency-Key";

    private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x2b\\x2d-\\x7e]+");
    private static final Pattern QUOTED =
            Pattern.compile("\"((?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])*)\"");

    /** Returns the key of the user's request, or null if it has none. */
    static @Nullable RequestKey of(HttpHeaders headers, UriInfo uri, UserId user, Body body) {
        List<String> values = headers.getRequestHeader(HEADER);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw malformed("a request has one");
        }
        try {
            IdempotencyKey key = new IdempotencyKey(user, text(values.getFirst().strip()));
            return new RequestKey(key, fingerprint(uri, body));
        } catch (IllegalArgumentException wrong) {
            throw malformed(String.valueOf(wrong.getMessage()));
        }
    }

    static String text(String value) {
        Matcher quoted = QUOTED.matcher(value);
        if (quoted.matches()) {
            return quoted.group(1).replaceAll("\\\\(.)", "$1");
        }
        if (BARE.matcher(value).matches()) {
            return value;
        }
        throw new IllegalArgumentException("it is a string in quotes");
    }

    /** The address without its query but for whom it is: a credential may stand there too. */
    private static String fingerprint(UriInfo uri, Body body) {
        String head =
                String.join(
                        "\n",
                        uri.getPath(),
                        String.valueOf(uri.getQueryParameters().getFirst("user")),
                        body.type(),
                        "");
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            body.addTo(digest);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    <R> Keyed<R> keyed(Function<R, Answer> answer) {
        return new Keyed<>(key, fingerprint, result -> answer.apply(result).kept());
    }

    /**
     * Answers a request: a first time as {@code first} says, a repetition as the first time was.
     */
    static <R> Response answer(Answered<R> answered, Function<R, Answer> first) {
        return switch (answered) {
            case Answered.First<R>(R result) -> first.apply(result).response();
            case Answered.Repeated<R>(var kept) -> Answer.of(kept).response();
            case Answered.OtherRequest<R> _ ->
                    throw new ProblemException(
                            ErrorCode.KEY_REUSED,
                            "Another request of yours to this world had this " + HEADER + ".");
            case Answered.InProgress<R> _ ->
                    throw new ProblemException(
                            ErrorCode.REQUEST_IN_PROGRESS,
                            "A request with this " + HEADER + " is not answered yet; try again.");
        };
    }

    private static ProblemException malformed(String reason) {
        return new ProblemException(
                ErrorCode.INVALID_REQUEST, "The header " + HEADER + " is wrong: " + reason + ".");
    }
}
