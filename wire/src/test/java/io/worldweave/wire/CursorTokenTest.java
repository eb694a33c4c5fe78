package io.worldweave.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.worldweave.domain.bus.EventPosition;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.TurnPosition;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.world.Position;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** I7: a cursor is checked, and says whose it is. */
class CursorTokenTest {
    private static final CursorToken TOKENS =
            new CursorToken("sixteen bytes or".getBytes(US_ASCII));
    private static final Cursor CURSOR = cursor("alice");
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static Cursor cursor(String user, TurnPosition... turns) {
        return new Cursor(new Position("e1", 42), "world", new UserId(user), List.of(turns));
    }

    private static Cursor hearing(String user, TurnPosition... turns) {
        return new Cursor(
                new Position("e1", 42),
                "world",
                new UserId(user),
                List.of(turns),
                new EventPosition("WORLD_UPDATES@2026-11-20T00:00:00Z", Long.MAX_VALUE));
    }

    @Test
    void aCursorComesBackAsItWas() {
        TurnPosition one = new TurnPosition(new ConversationId("c-1"), 3, Long.MAX_VALUE);
        TurnPosition two = new TurnPosition(new ConversationId("c-2"), 1, 0);
        for (Cursor cursor :
                List.of(
                        CURSOR,
                        cursor("zoë@example.com", one),
                        cursor("zoë@example.com", two, one),
                        hearing("zoë@example.com", one))) {
            assertThat(TOKENS.decode(TOKENS.encode(cursor))).isEqualTo(cursor);
            assertThat(TOKENS.encode(cursor)).matches("[A-Za-z0-9_-]+");
        }
    }

    @Test
    void theLongestUserIdFitsWithAsManyTurnsAsThereMayBe() {
        String epoch = "e".repeat(64);
        TurnPosition turn = new TurnPosition(new ConversationId("c".repeat(64)), 1, 0);
        Cursor longest =
                new Cursor(
                        new Position(epoch, Long.MAX_VALUE),
                        "world",
                        new UserId("\ud83d\ude00".repeat(UserId.LENGTH_LIMIT)),
                        Collections.nCopies(Cursor.TURNS_LIMIT, turn),
                        new EventPosition("S".repeat(EventPosition.LOG_LIMIT), Long.MAX_VALUE));
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
        Cursor decoded = TOKENS.decode(TOKENS.encode(cursor("bob")));
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
