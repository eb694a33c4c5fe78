package io.worldweave.domain.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommandRatesTest {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");

    private final VirtualScheduler time = new VirtualScheduler();
    private final CommandRates rates = new CommandRates(2, time);

    private int admitted(UserId player) {
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            admitted += rates.admit(player) ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void eachPlayerHasAPaceOfItsOwn() {
        assertThat(admitted(ALICE)).isEqualTo(6);
        assertThat(admitted(BOB)).isEqualTo(6);

        time.advance(Duration.ofSeconds(1));
        assertThat(admitted(ALICE)).isEqualTo(2);
    }

    @Test
    void whoRestsIsForgottenAndWhoDoesNotIsNot() {
        time.advance(Duration.ofMinutes(1));
        for (int i = 0; i < 100 * CommandRates.FEW; i++) {
            rates.admit(new UserId("player-" + i));
            time.advance(Duration.ofMillis(1));
            if (i % 100 == 0) {
                rates.admit(ALICE);
            }
        }

        assertThat(rates.known()).isLessThanOrEqualTo(CommandRates.FEW + 1);
        assertThat(admitted(ALICE)).as("hers is spent for as long as she hurries").isLessThan(3);
    }
}
