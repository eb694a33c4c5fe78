package io.worldweave.wire;

import io.worldweave.domain.bus.EventPosition;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.TurnPosition;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.world.Position;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Turns cursors into tokens of {@code A-Z a-z 0-9 - _} for clients to keep, and back.
 *
 * <p>A token carries a code under this service's key, so only what was encoded under that key is
 * decoded. It is not secret: it tells its own user nothing new. That it is shown by the user it was
 * made for is the caller's check, by {@link Cursor#user}.
 *
 * <p>Thread-safe.
 */
public final class CursorToken {
    /** The longest token. */
    public static final int LENGTH_LIMIT = 2048;

    /** The shortest key that is taken, in bytes. */
    public static final int MIN_KEY_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int CODE_BYTES = 16;
    private static final byte FORM = 1;
    private static final int PAYLOAD_LIMIT = LENGTH_LIMIT / 4 * 3 - CODE_BYTES;

    private final SecretKeySpec key;

    public CursorToken(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key has at least " + MIN_KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Returns the token; the same cursor is always the same token. */
    public String encode(Cursor cursor) {
        byte[] epoch = utf8(cursor.world().epoch());
        byte[] view = utf8(cursor.view());
        byte[] user = utf8(cursor.user().value());
        EventPosition heard = cursor.heard();
        int length =
                1
                        + 2
                        + epoch.length
                        + Long.BYTES
                        + 2
                        + view.length
                        + 2
                        + user.length
                        + 1
                        + cursor.turns().stream().mapToInt(CursorToken::length).sum()
                        + (heard == null ? 0 : 2 + utf8(heard.log()).length + Long.BYTES);
        if (length > PAYLOAD_LIMIT) {
            throw new IllegalArgumentException(
                    "a cursor has at most " + PAYLOAD_LIMIT + " bytes, not " + length);
        }
        ByteBuffer token = ByteBuffer.allocate(length + CODE_BYTES).put(FORM);
        put(token, epoch);
        token.putLong(cursor.world().revision());
        put(token, view);
        put(token, user);
        token.put((byte) cursor.turns().size());
        for (TurnPosition turn : cursor.turns()) {
            put(token, utf8(turn.conversation().value()));
            token.putLong(turn.turn()).putLong(turn.offset());
        }
        if (heard != null) {
            put(token, utf8(heard.log()));
            token.putLong(heard.sequence());
        }
        token.put(code(token.array(), length));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    private static int length(TurnPosition turn) {
        return 2 + utf8(turn.conversation().value()).length + 2 * Long.BYTES;
    }

    /** Returns the cursor, or null if {@code token} is none of this key; never throws. */
    public @Nullable Cursor decode(String token) {
        if (token.length() > LENGTH_LIMIT) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            int length = bytes.length - CODE_BYTES;
            if (length < 1
                    || !isCanonical(token, bytes)
                    || !MessageDigest.isEqual(
                            code(bytes, length), Arrays.copyOfRange(bytes, length, bytes.length))) {
                return null;
            }
            return cursor(ByteBuffer.wrap(bytes, 0, length));
        } catch (IllegalArgumentException | BufferUnderflowException notOne) {
            return null;
        }
    }

    /** A decoder of Base64 takes padding and unused bits as they come; one cursor has one token. */
    private static boolean isCanonical(String token, byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(token);
    }

    private static @Nullable Cursor cursor(ByteBuffer payload) {
        if (payload.get() != FORM) {
            return null;
        }
        String epoch = text(payload);
        Position position = new Position(epoch, payload.getLong());
        String view = text(payload);
        UserId user = new UserId(text(payload));
        List<TurnPosition> turns = new ArrayList<>();
        for (int count = payload.get(); count > 0; count--) {
            turns.add(
                    new TurnPosition(
                            new ConversationId(text(payload)),
                            payload.getLong(),
                            payload.getLong()));
        }
        EventPosition heard =
                payload.hasRemaining() ? new EventPosition(text(payload), payload.getLong()) : null;
        return payload.hasRemaining() ? null : new Cursor(position, view, user, turns, heard);
    }

    private byte[] code(byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(bytes, 0, length);
            return Arrays.copyOf(mac.doFinal(), CODE_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ByteBuffer token, byte[] text) {
        token.putShort((short) text.length).put(text);
    }

    private static String text(ByteBuffer payload) {
        byte[] text = new byte[Short.toUnsignedInt(payload.getShort())];
        payload.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
