package io.worldweave.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.database.DatabaseLimits;
import io.worldweave.database.DatabaseWorldStore;
import io.worldweave.database.PostgresServer;
import io.worldweave.database.PostgresSource;
import io.worldweave.domain.store.History;
import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.world.FileWorldStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worlds that move between files and a real PostgreSQL, both ways. */
final class DatabaseMoveTest {
    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.url(server.newDatabase());
    @TempDir Path directory;

    private Run run(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.add("--database-user=" + PostgresServer.USER);
        all.add("--database-password=" + PostgresServer.PASSWORD);
        return Run.of(all.toArray());
    }

    private Map<WorldId, History> inTheDatabase() {
        try (DatabaseWorldStore store =
                new DatabaseWorldStore(
                        PostgresSource.of(url, PostgresServer.USER, PostgresServer.PASSWORD),
                        DatabaseLimits.STANDARD)) {
            return MoveTest.all(store);
        }
    }

    private static Map<WorldId, History> inFiles(Path data) {
        try (FileWorldStore store = new FileWorldStore(data)) {
            return MoveTest.all(store);
        }
    }

    @Test
    void worldsGoIntoTheDatabaseAndBackWithoutLoss() {
        Path data = directory.resolve("data");
        Path back = directory.resolve("back");
        Path file = directory.resolve("worlds.jsonl");
        try (FileWorldStore store = new FileWorldStore(data)) {
            Played.into(store);
        }
        Map<WorldId, History> played = inFiles(data);

        Run there = run("import", "--from", "file:" + data, "--to", url);
        assertThat(there.status()).as(there.err()).isZero();
        assertThat(inTheDatabase()).isEqualTo(played).hasSize(3);

        Run refused = run("import", "--from", "file:" + data, "--to", url);
        assertThat(refused.status()).isEqualTo(ExitStatus.WRONG);
        assertThat(refused.err()).contains("nothing was imported");

        Run export = run("export", "--from", url, "--to", file);
        assertThat(export.status()).as(export.err()).isZero();
        Run home = run("import", "--from", file, "--to", "file:" + back);
        assertThat(home.status()).as(home.err()).isZero();
        assertThat(inFiles(back)).isEqualTo(played);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsSaid() {
        Path file = directory.resolve("none");
        Run run = run("export", "--from", "jdbc:postgresql://localhost:1/none", "--to", file);

        assertThat(run.status()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(file).doesNotExist();
        assertThat(run("export", "--from", "jdbc:other:x", "--to", file).status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(run("export", "--from", "jdbc:postgresql://a:b:c/d", "--to", file).status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void whatADatabaseSaysIsSaidOnce() {
        List<LogRecord> logged = new CopyOnWriteArrayList<>();
        Handler handler = handler(logged);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            Path file = directory.resolve("none");
            Object[] wrong = {
                "export",
                "--from",
                url,
                "--to",
                file,
                "--database-user=" + PostgresServer.USER,
                "--database-password=wrong"
            };
            Run run = Run.of(wrong);

            assertThat(run.status()).isEqualTo(ExitStatus.UNAVAILABLE);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .contains("password authentication failed", "--database-password")
                    .doesNotContain("..");
            assertThat(run("export", "--from", url, "--to", file).err())
                    .isEqualToIgnoringNewLines("0 world(s) exported");
            assertThat(logged).isEmpty();
        } finally {
            root.removeHandler(handler);
        }
    }

    private static Handler handler(List<LogRecord> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord logRecord) {
                logged.add(logRecord);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
