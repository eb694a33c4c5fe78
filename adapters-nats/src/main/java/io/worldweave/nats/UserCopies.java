package io.worldweave.nats;

import io.nats.client.Connection;
import io.nats.client.impl.Headers;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.live.Projection;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import io.worldweave.wire.Encoding;
import io.worldweave.wire.Utf8Buffer;
import io.worldweave.wire.WireVersion;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies of {@code world_update}s for the users who caused them, for programs that listen where
 * others speak to a user. A header marks them, so that no node takes one for something said.
 */
final class UserCopies {
    private static final String MARK = "Worldweave-Copy";

    private final NatsSettings.Copies copies;
    private final @Nullable KeptEvents kept;

    /**
     * @param kept where copies are kept, or null
     */
    UserCopies(NatsSettings.Copies copies, @Nullable KeptEvents kept) {
        this.copies = copies;
        this.kept = kept;
    }

    static boolean isCopy(@Nullable Headers headers) {
        return headers != null && headers.containsKey(MARK);
    }

    /** Sends what the user who caused the delta is shown of it, if a user did. */
    void send(Connection connection, News.Committed news) {
        Delta delta = news.delta();
        if (copies != NatsSettings.Copies.ACTOR
                || !(delta.actor() instanceof Actor.User(UserId user))
                || news.world() instanceof WorldId.Profile) {
            return;
        }
        Set<Part> shown = Set.of(Part.SHARED, Part.own(user));
        List<Change> changes =
                delta.changes().stream().filter(change -> shown.contains(change.part())).toList();
        Projection projection =
                new Projection(
                        news.world(),
                        delta.actor(),
                        delta.cause(),
                        delta.timestampMillis(),
                        changes);
        if (!changes.isEmpty()
                && WireVersion.DEFAULT.encode(projection) instanceof Encoding.Encoded(var update)) {
            Utf8Buffer text = new Utf8Buffer(update.sharedBytes() + 64);
            update.writeTo(text, delta.base(), delta.revision());
            if (text.size() < connection.getMaxPayload()) {
                publish(connection, news, Subjects.user(user), text.toByteArray());
            }
        }
    }

    private void publish(Connection connection, News.Committed news, String subject, byte[] text) {
        Headers headers = new Headers().put(MARK, "actor");
        if (kept != null && kept.trouble().isEmpty()) {
            String id =
                    Subjects.delta(news.world())
                            + "/"
                            + news.epoch()
                            + "/"
                            + news.delta().revision();
            kept.publish(connection, subject, headers, text, id);
        } else {
            connection.publish(subject, headers, text);
        }
    }
}
