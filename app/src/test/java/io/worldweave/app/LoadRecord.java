package io.worldweave.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a load run showed, for {@code bench/load} to write down where it asks for it. */
final class LoadRecord {
    private final List<String> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Adds a row of a table: how long each took, in nanoseconds. */
    void add(String what, Collection<Long> nanos) {
        rows.add("| %s | %d | %s |".formatted(what, nanos.size(), Crowd.quantiles(nanos)));
    }

    /** Adds a line behind the table. */
    void note(String line) {
        notes.add(line);
    }

    /**
     * Writes it down, if somebody asks for it.
     *
     * @param introduction lines before the table
     */
    void write(String... introduction) throws IOException {
        String file = System.getProperty("worldweave.record", "");
        if (!file.isEmpty()) {
            List<String> lines = new ArrayList<>(List.of(introduction));
            lines.add("");
            lines.add("| what | count | p50 ms | p90 ms | p99 ms | p99.9 ms |");
            lines.add("| --- | ---: | ---: | ---: | ---: | ---: |");
            lines.addAll(rows);
            lines.add("");
            lines.addAll(notes);
            Files.write(Path.of(file), lines);
        }
    }
}
