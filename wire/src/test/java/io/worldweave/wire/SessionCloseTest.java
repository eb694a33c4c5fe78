package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.weave.CloseReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionCloseTest {
    @ParameterizedTest
    @EnumSource
    void theRangeOfAnOwnCodeSaysWhetherToComeBack(SessionClose close) {
        if (close.code() >= 4000) {
            assertThat(close.comeBack()).isEqualTo(close.code() < 4500);
        }
        assertThat(close.code()).isBetween(1001, 4999);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatIsClosedAndASessionSayTheSameAboutComingBack(CloseReason reason) {
        SessionClose close = SessionClose.of(ErrorCode.of(reason));

        assertThat(close.reasons()).contains(ErrorCode.of(reason));
        assertThat(close.comeBack()).isEqualTo(reason.retry());
    }
}
