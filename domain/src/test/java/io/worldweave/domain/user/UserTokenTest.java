package io.worldweave.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UserTokenTest {
    @ParameterizedTest
    @CsvSource({
        "player@example.com, player%40example%2Ecom",
        "0b9f4c4e-4a3b-4d4f-9d55-9c6f0b2f2a11, 0b9f4c4e-4a3b-4d4f-9d55-9c6f0b2f2a11",
        "*, %2A",
        ">, %3E",
        ".., %2E%2E",
        "a/b, a%2Fb",
        "a b, a%20b",
        "50%, 50%25",
        "Zoë, Zo%C3%AB"
    })
    void aTokenIsPlainWhereItCanBeAndEscapedElsewhere(String user, String token) {
        assertThat(UserToken.encode(new UserId(user))).isEqualTo(token);
        assertThat(UserToken.decode(token)).isEqualTo(new UserId(user));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a%", "a%4", "a%4g", "a%2e", "a%41", "%C3", "%0A", "ë"})
    void whatNoIdIsWrittenAsIsRefused(String token) {
        assertThatIllegalArgumentException().isThrownBy(() -> UserToken.decode(token));
    }

    @Test
    void everyIdComesBackFromItsToken() {
        long seed = Long.getLong("seed", 7);
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder name = new StringBuilder("x");
            int length = random.nextInt(20);
            for (int j = 0; j < length; j++) {
                name.appendCodePoint(
                        random.nextBoolean()
                                ? '!' + random.nextInt(94)
                                : 0x1F600 + random.nextInt(60));
            }
            UserId user = new UserId(name.toString());
            String token = UserToken.encode(user);
            assertThat(token).as("seed %d", seed).matches("[A-Za-z0-9_%-]+");
            assertThat(UserToken.decode(token)).as("seed %d", seed).isEqualTo(user);
        }
    }
}
