package io.worldweave.database;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.wire.stored.DeltaJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of deltas. */
final class DeltaTable {
    private static final String ROWS =
            " unnest(?::text[], ?::text[], ?::text[]) with ordinality"
                    + " as d (key_user, key_text, delta, place)";

    /**
     * One statement, and so one transaction: moves the world on and adds its deltas, or neither.
     */
    private static final String APPEND =
            "with moved as (update worldweave_world set revision = ?"
                    + " where id = ? and epoch = ? and revision = ? returning id)"
                    + " insert into worldweave_delta"
                    + " (world, revision, batch, key_user, key_text, delta)"
                    + " select moved.id, ? + d.place, ?, d.key_user, d.key_text, d.delta::jsonb"
                    + " from moved,"
                    + ROWS;

    private static final String INSERT =
            "insert into worldweave_delta (world, revision, batch, key_user, key_text, delta)"
                    + " select ?, ? + d.place, ?, d.key_user, d.key_text, d.delta::jsonb from"
                    + ROWS;

    private static final int AT_ONCE = 256;

    private DeltaTable() {}

    /** Deltas as they were read, and how many characters they had. */
    record Read(List<Delta> deltas, long length) {}

    /** Appends the deltas if the world is at {@code base}; else returns false. */
    static boolean append(Connection connection, long world, Position base, Batch batch)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            statement.setLong(1, base.revision() + batch.size());
            statement.setLong(2, world);
            statement.setString(3, base.epoch());
            statement.setLong(4, base.revision());
            statement.setLong(5, base.revision());
            statement.setObject(6, batch.id());
            batch.bind(connection, statement, 7);
            return statement.executeUpdate() > 0;
        }
    }

    /** Inserts deltas of a world that is being taken over. */
    static void insert(Connection connection, long world, List<Delta> deltas) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (int from = 0; from < deltas.size(); from += AT_ONCE) {
                Batch batch =
                        Batch.of(deltas.subList(from, Math.min(from + AT_ONCE, deltas.size())));
                statement.setLong(1, world);
                statement.setLong(2, deltas.get(from).base());
                statement.setObject(3, batch.id());
                batch.bind(connection, statement, 4);
                statement.executeUpdate();
            }
        }
    }

    /** Returns the deltas after {@code revision} up to {@code last}, oldest first. */
    static Read between(Connection connection, long world, long revision, long last)
            throws SQLException {
        List<Delta> deltas = new ArrayList<>();
        long length = 0;
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select delta from worldweave_delta where world = ? and revision > ?"
                                + " and revision <= ? order by revision")) {
            statement.setFetchSize(AT_ONCE);
            Sql.bind(statement, world, revision, last);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String text = row.getString(1);
                    length += text.length();
                    deltas.add(DeltaJson.read(ExactJson.read(text)));
                }
            }
        }
        return new Read(deltas, length);
    }

    /** Returns which commit the delta to {@code revision} is part of, or null if it is not kept. */
    static @Nullable UUID batch(Connection connection, long world, long revision)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select batch from worldweave_delta where world = ? and revision = ?")) {
            Sql.bind(statement, world, revision);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getObject(1, UUID.class) : null;
            }
        }
    }

    static Map<IdempotencyKey, Receipt> receipts(
            Connection connection, long world, Set<IdempotencyKey> keys) throws SQLException {
        Map<IdempotencyKey, Receipt> found = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select d.delta from unnest(?::text[], ?::text[]) as k (owner, name)"
                                + " join worldweave_delta d on d.world = ?"
                                + " and d.key_user = k.owner and d.key_text = k.name"
                                + " order by d.revision")) {
            String[] users = keys.stream().map(key -> key.user().value()).toArray(String[]::new);
            String[] texts = keys.stream().map(IdempotencyKey::text).toArray(String[]::new);
            statement.setArray(1, connection.createArrayOf("text", users));
            statement.setArray(2, connection.createArrayOf("text", texts));
            statement.setLong(3, world);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Delta delta = DeltaJson.read(ExactJson.read(row.getString(1)));
                    Receipt receipt = Objects.requireNonNull(delta.receipt());
                    found.put(receipt.key(), receipt);
                }
            }
        }
        return found;
    }

    /** Deletes the deltas up to {@code revision}. */
    static void deleteTo(Connection connection, long world, long revision) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "delete from worldweave_delta where world = ? and revision <= ?")) {
            Sql.bind(statement, world, revision);
            statement.executeUpdate();
        }
    }
}
