package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.weave.CloseReason;
import io.worldweave.domain.world.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
    @ParameterizedTest
    @EnumSource
    void everyCodeHasItsWordsAndAStatusOfAFailure(ErrorCode code) {
        assertThat(code.code()).matches("[a-z]+(_[a-z]+)*");
        assertThat(code.title()).isNotBlank();
        assertThat(code.status()).isBetween(400, 599);
    }

    @ParameterizedTest
    @EnumSource
    void aReasonToCloseAndItsCodeSayTheSameAboutComingBack(CloseReason reason) {
        assertThat(ErrorCode.of(reason).retry()).isEqualTo(reason.retry());
    }

    @ParameterizedTest
    @EnumSource
    void whoIsRefusedForTheMomentIsToldWhenToComeBack(ErrorCode code) {
        boolean forTheMoment = code.status() == 429 || (code.status() == 503 && code.retry());
        assertThat(code.retryAfter() != null).isEqualTo(forTheMoment);
    }

    @Test
    void aProblemSaysWhereTheChangeCouldNotBeApplied() {
        JsonObject problem =
                ProblemJson.about(
                        "/experiences/x/state",
                        ProblemJson.of(new Rejection.Missing(Pointer.of("a", "b/c"))));
        assertThat(problem.toString())
                .isEqualTo(
                        """
                        {"type":"/problems/rejected","title":"The change cannot be applied",\
                        "status":422,"detail":"nothing is at /a/b~1c","code":"rejected",\
                        "pointer":"/a/b~1c","instance":"/experiences/x/state"}\
                        """);
    }

    @Test
    void aProblemSaysWhereTheTextIsBroken() {
        MalformedJsonException broken =
                new MalformedJsonException(ErrorCode.TOO_DEEP, "too deep", 2, 7);
        assertThat(ProblemJson.of(broken).get("line")).isEqualTo(Json.of(2));
        assertThat(ProblemJson.of(broken).get("column")).isEqualTo(Json.of(7));
        assertThat(ProblemJson.of(broken).get("code")).isEqualTo(Json.of("too_deep"));
    }

    @Test
    void aProblemSaysWhichMemberIsWrong() {
        JsonObject problem = ProblemJson.of(RequestBody.invalid("stream", "must be true or false"));
        assertThat(problem.text("pointer")).isEqualTo("/stream");
        assertThat(problem.text("detail")).isEqualTo("must be true or false");
    }
}
