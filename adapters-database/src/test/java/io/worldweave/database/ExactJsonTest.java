package io.worldweave.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a jsonb column of a real database gives back. */
final class ExactJsonTest {
    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        connection =
                DriverManager.getConnection(
                        server.url("postgres"), PostgresServer.USER, PostgresServer.PASSWORD);
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void membersKeepTheirOrder() throws SQLException {
        JsonObject object = numbered("zebra", "b", "a", "aa", "é", "e", "");

        assertThat(throughJsonb(object).names()).isEqualTo(object.names());
    }

    @Test
    void whatIsInTheOrderOfJsonbIsStoredAsItIs() {
        assertThat(ExactJson.text(numbered("", "a", "b", "aa", "zebra")))
                .isEqualTo("{\"\":0,\"a\":1,\"b\":2,\"aa\":3,\"zebra\":4}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0",
                "a\0b",
                "\u001a",
                "\u001a0",
                "\u001a\0",
                "\0000",
                "\u001aorder",
                "😀\u2028é"
            })
    void everyTextComesBack(String text) throws SQLException {
        JsonObject object =
                JsonObject.of("value", Json.of(text))
                        .with(text, new JsonArray(List.of(Json.of(text), JsonNull.NULL)));

        assertThat(throughJsonb(object)).isEqualTo(object);
        assertThat(throughJsonb(object).names()).isEqualTo(object.names());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0.0",
                "1.00",
                "1e2",
                "1E-300",
                "1.7976931348623157e308",
                "4.9e-324",
                "12345678901234567890.123456789",
                "-0.1"
            })
    void everyNumberComesBack(String number) throws SQLException {
        JsonObject object = JsonObject.of("n", new JsonNumber(new BigDecimal(number)));

        assertThat(throughJsonb(object)).isEqualTo(object);
        assertThat(throughJsonb(object).toString()).isEqualTo(object.toString());
    }

    @Test
    void randomValuesComeBackWithTheSameText() throws SQLException {
        for (int seed = 0; seed < 300; seed++) {
            JsonObject object = object(new Random(seed), 4);
            assertThat(throughJsonb(object).toString())
                    .as("seed %d", seed)
                    .isEqualTo(object.toString());
        }
    }

    @Test
    void aPartCanBeAskedForByItsPath() throws SQLException {
        JsonObject shop = JsonObject.of("name", Json.of("Woander's"), "id", Json.of("shop"));
        JsonObject world = JsonObject.of("locations", JsonObject.of("shop", shop));
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select ?::jsonb -> 'locations' -> 'shop' ->> 'name'")) {
            statement.setString(1, ExactJson.text(world));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("Woander's");
            }
        }
    }

    private static JsonObject throughJsonb(JsonObject value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select ?::jsonb")) {
            statement.setString(1, ExactJson.text(value));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return ExactJson.read(row.getString(1));
            }
        }
    }

    private static JsonObject numbered(String... names) {
        JsonObject object = JsonObject.EMPTY;
        for (String name : names) {
            object = object.with(name, Json.of(object.size()));
        }
        return object;
    }

    private static JsonObject object(Random random, int depth) {
        JsonObject object = JsonObject.EMPTY;
        for (int i = random.nextInt(6); i > 0; i--) {
            object = object.with(text(random), value(random, depth - 1));
        }
        return object;
    }

    private static Json value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> Json.of(text(random));
            case 1 -> Json.of(random.nextLong());
            case 2 -> Json.of(random.nextGaussian());
            case 3 -> Json.of(random.nextBoolean());
            case 4 -> object(random, depth);
            default -> {
                List<Json> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(
                            object(random, depth)
                                    .with(Json.INSTANCE_ID, Json.of("item" + items.size())));
                }
                yield Json.array(items);
            }
        };
    }

    private static String text(Random random) {
        String alphabet = "ab\0\u001a0oé😀\"\\\n";
        int[] points = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
