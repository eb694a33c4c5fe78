package io.worldweave.database;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Receipt;
import io.worldweave.wire.stored.DeltaJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The deltas of one commit, as they are stored.
 *
 * @param id by which the commit is known again when the connection broke at its end
 */
record Batch(
        UUID id, List<@Nullable String> users, List<@Nullable String> keys, List<String> texts) {

    static Batch of(List<Delta> deltas) {
        ArrayList<@Nullable String> users = new ArrayList<>();
        ArrayList<@Nullable String> keys = new ArrayList<>();
        ArrayList<String> texts = new ArrayList<>();
        for (Delta delta : deltas) {
            Receipt receipt = delta.receipt();
            users.add(receipt == null ? null : receipt.key().user().value());
            keys.add(receipt == null ? null : receipt.key().text());
            texts.add(ExactJson.textOfRecord(DeltaJson.write(delta)));
        }
        return new Batch(UUID.randomUUID(), users, keys, texts);
    }

    int size() {
        return texts.size();
    }

    /** Returns how many characters are stored. */
    long length() {
        return texts.stream().mapToLong(String::length).sum();
    }

    /** Sets three parameters from {@code first} on. */
    void bind(Connection connection, PreparedStatement statement, int first) throws SQLException {
        statement.setArray(first, connection.createArrayOf("text", users.toArray()));
        statement.setArray(first + 1, connection.createArrayOf("text", keys.toArray()));
        statement.setArray(first + 2, connection.createArrayOf("text", texts.toArray()));
    }
}
