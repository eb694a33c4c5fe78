package io.worldweave.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I12")
class RequestLimitTest {
    private final RequestLimit limit = new RequestLimit(2);

    @Test
    void oneTooManyIsRefusedUntilAnotherIsDone() {
        assertThat(limit.enter("alice")).isTrue();
        assertThat(limit.enter("alice")).isTrue();
        assertThat(limit.enter("alice")).isFalse();

        limit.leave("alice");
        assertThat(limit.enter("alice")).isTrue();
        assertThat(limit.enter("alice")).isFalse();
    }

    @Test
    void oneUsersRequestsAreNotCountedAsAnothers() {
        limit.enter("alice");
        limit.enter("alice");

        assertThat(limit.enter("bob")).isTrue();
    }

    @Test
    void nothingIsKeptOfAUserWhoseRequestsAreDone() {
        limit.enter("alice");
        limit.enter("alice");
        limit.leave("alice");
        limit.leave("alice");

        assertThat(limit.userCount()).isZero();
    }
}
