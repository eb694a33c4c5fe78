package io.worldweave.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.TurnPosition;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.world.Position;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** I7: a cursor is checked, and says whose it is. */
class CursorTokenTest {
    private static final CursorToken TOKENS =
            new CursorToken("sixteen bytes or".getBytes(US_ASCII));
    private static final Cursor CURSOR = cursor("alice", null);
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static Cursor cursor(String user, TurnPosition turn) {
        return new Cursor(new Position("e1", 42), "world", new UserId(user), turn);
    }

    @Test
    void aCursorComesBackAsItWas() {
        TurnPosition turn = new TurnPosition(new ConversationId("c-1"), 3, Long.MAX_VALUE);
        Cursor withTurn = cursor("zoë@example.com", turn);
        assertThat(TOKENS.decode(TOKENS.encode(CURSOR))).isEqualTo(CURSOR);
        assertThat(TOKENS.decode(TOKENS.encode(withTurn))).isEqualTo(withTurn);
        assertThat(TOKENS.encode(withTurn)).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void theLongestUserIdFits() {
        String epoch = "e".repeat(64);
        TurnPosition turn = new TurnPosition(new ConversationId("c".repeat(64)), 1, 0);
        Cursor longest =
                new Cursor(
                        new Position(epoch, Long.MAX_VALUE),
                        "world",
                        new UserId("\ud83d\ude00".repeat(UserId.LENGTH_LIMIT)),
                        turn);
        String token = TOKENS.encode(longest);
        assertThat(token).hasSizeLessThanOrEqualTo(CursorToken.LENGTH_LIMIT);
        assertThat(TOKENS.decode(token)).isEqualTo(longest);
    }

    @Test
    void anyOtherCharacterAnywhereIsNoticed() {
        String token = TOKENS.encode(CURSOR);
        for (int i = 0; i < token.length(); i++) {
            for (char c : (ALPHABET + "=+/ .\n\0é").toCharArray()) {
                if (c != token.charAt(i)) {
                    String other = token.substring(0, i) + c + token.substring(i + 1);
                    assertThat(TOKENS.decode(other)).as("%s at %d", c, i).isNull();
                }
            }
        }
    }

    @Test
    void oneCharacterMoreOrLessIsNoticed() {
        String token = TOKENS.encode(CURSOR);
        for (int i = 0; i <= token.length(); i++) {
            assertThat(TOKENS.decode(token.substring(0, i) + "A" + token.substring(i))).isNull();
        }
        for (int i = 0; i < token.length(); i++) {
            assertThat(TOKENS.decode(token.substring(0, i) + token.substring(i + 1))).isNull();
            assertThat(TOKENS.decode(token.substring(0, i))).isNull();
        }
        assertThat(TOKENS.decode(token + "=")).isNull();
        assertThat(TOKENS.decode(token + "==")).isNull();
    }

    @Test
    void anotherUsersCursorIsToldApart() {
        Cursor decoded = TOKENS.decode(TOKENS.encode(cursor("bob", null)));
        assertThat(decoded).isNotNull();
        assertThat(decoded.user()).isNotEqualTo(CURSOR.user());
    }

    @Test
    void anotherKeysTokenIsNone() {
        CursorToken other = new CursorToken("other bytes here".getBytes(US_ASCII));
        assertThat(other.decode(TOKENS.encode(CURSOR))).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> new CursorToken(new byte[15]));
    }

    @Test
    void nonsenseIsNoneAndNeverThrows() {
        assertThat(TOKENS.decode("")).isNull();
        assertThat(TOKENS.decode("A".repeat(CursorToken.LENGTH_LIMIT + 1))).isNull();
        assertThat(TOKENS.decode("A".repeat(1_000_000))).isNull();
        Seeded.times(
                20_000,
                random -> {
                    byte[] bytes = new byte[random.nextInt(200)];
                    random.nextBytes(bytes);
                    assertThat(TOKENS.decode(Base64.getUrlEncoder().encodeToString(bytes)))
                            .isNull();
                    assertThat(TOKENS.decode(new RandomJson(random).text())).isNull();
                });
    }
}
