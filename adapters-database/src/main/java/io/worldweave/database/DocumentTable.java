package io.worldweave.database;

import io.worldweave.domain.json.PersistentMap;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rows of a world's documents: the shared one, what authors wrote, and each player's own. */
final class DocumentTable {
    /** The owner of the shared document: no user is called so. */
    private static final String NOBODY = "";

    /** The owner of what authors wrote: no user id begins with a space. */
    private static final String AUTHORS = " authors";

    private static final int AT_ONCE = 256;

    private DocumentTable() {}

    static WorldState read(Connection connection, long world, Position base) throws SQLException {
        Document shared = null;
        Document authored = null;
        Map<String, Document> players = new LinkedHashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select owner, revision, content from worldweave_document"
                                + " where world = ? order by owner")) {
            statement.setFetchSize(AT_ONCE);
            Sql.bind(statement, world);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Document document =
                            new Document(ExactJson.read(row.getString(3)), row.getLong(2));
                    String owner = row.getString(1);
                    if (owner.equals(NOBODY)) {
                        shared = document;
                    } else if (owner.equals(AUTHORS)) {
                        authored = document;
                    } else {
                        players.put(owner, document);
                    }
                }
            }
        }
        if (shared == null) {
            throw new SQLException("the world's shared document is gone", "02000");
        }
        return new WorldState(base, shared, PersistentMap.copyOf(players), authored);
    }

    /** Leaves the documents of {@code state} there; writes only those that are others now. */
    static void write(Connection connection, long world, WorldState state) throws SQLException {
        Map<String, Document> wanted = new LinkedHashMap<>();
        wanted.put(NOBODY, state.shared());
        Document authored = state.authored();
        if (authored != null) {
            wanted.put(AUTHORS, authored);
        }
        state.players().forEach(wanted::put);
        Map<String, Long> present = revisions(connection, world);
        delete(connection, world, present, wanted);
        wanted.entrySet()
                .removeIf(entry ->
                        Long.valueOf(entry.getValue().revision())
                                .equals(present.get(entry.getKey())));
        insert(connection, world, wanted);
    }

    private static Map<String, Long> revisions(Connection connection, long world)
            throws SQLException {
        Map<String, Long> revisions = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select owner, revision from worldweave_document where world = ?")) {
            Sql.bind(statement, world);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    revisions.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return revisions;
    }

    private static void delete(
            Connection connection,
            long world,
            Map<String, Long> present,
            Map<String, Document> wanted)
            throws SQLException {
        String[] gone =
                present.keySet().stream()
                        .filter(owner -> !wanted.containsKey(owner))
                        .toArray(String[]::new);
        if (gone.length == 0) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "delete from worldweave_document where world = ? and owner = any (?)")) {
            statement.setLong(1, world);
            statement.setArray(2, connection.createArrayOf("text", gone));
            statement.executeUpdate();
        }
    }

    private static void insert(Connection connection, long world, Map<String, Document> documents)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into worldweave_document (world, owner, revision, content)"
                                + " values (?, ?, ?, ?::jsonb)"
                                + " on conflict (world, owner) do update"
                                + " set revision = excluded.revision, content = excluded.content")) {
            int waiting = 0;
            for (Map.Entry<String, Document> entry : documents.entrySet()) {
                Document document = entry.getValue();
                Sql.bind(
                        statement,
                        world,
                        entry.getKey(),
                        document.revision(),
                        ExactJson.text(document.content()));
                statement.addBatch();
                if (++waiting % AT_ONCE == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
    }
}
