package io.worldweave.database;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Makes the tables, and brings those of an earlier version to this one. */
final class Schema {
    private static final System.Logger LOG = System.getLogger(Schema.class.getName());

    /**
     * An empty file {@code flyway.location} lies there, and where Flyway looks for callbacks, so
     * that both are found within Liberty.
     */
    private static final String LOCATION = "classpath:io/worldweave/database/schema";

    private Schema() {}

    /**
     * Leaves the tables as this version needs them, in the schema that the connections begin in.
     * Several nodes may do so at once: one does it, and the others wait.
     */
    static void prepare(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            checkDurability(connection);
        }
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                .locations(LOCATION)
                .failOnMissingLocations(true)
                .table("worldweave_schema")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    /** What is acknowledged is only as durable as the database makes it. */
    private static void checkDurability(Connection connection) throws SQLException {
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("show " + setting)) {
                if (row.next() && row.getString(1).equals("off")) {
                    LOG.log(
                            Level.WARNING,
                            "{0} is off in the database: what is acknowledged may be lost when its"
                                    + " machine fails",
                            setting);
                }
            }
        }
    }
}
