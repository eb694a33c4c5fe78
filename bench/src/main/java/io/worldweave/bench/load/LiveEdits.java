package io.worldweave.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * An author saves the {@code world.json} of an experience again and again: how long until a player
 * who watches the world has read the change; first with the world as it is bundled, then with many
 * more items in the file.
 *
 * <p>Arguments: the service's URL, its data directory, how many edits for each size (100).
 */
public final class LiveEdits {
    private static final int[] MORE_ITEMS = {0, 1_000, 10_000};

    private final SseConnection stream;
    private final Path file;

    private LiveEdits(SseConnection stream, Path file) {
        this.stream = stream;
        this.file = file;
    }

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
        Path file =
                Path.of(arguments[1])
                        .resolve("experiences/wylding-woods/state")
                        .resolve("world.json");
        try (SseConnection stream = new SseConnection(URI.create(arguments[0]))) {
            int status = stream.send("GET", "/experiences/wylding-woods/events", "demo-bob", "");
            if (status != 200) {
                throw new IOException("the stream was refused with " + status);
            }
            new LiveEdits(stream, file).run(count);
        }
    }

    private void run(int count) throws IOException {
        String bundled = Files.readString(file);
        System.out.println(Latencies.heading());
        for (int more : MORE_ITEMS) {
            String text =
                    bundled.replaceFirst(
                            "\"season\": \"[^\"]*\"", things(more) + "\"season\": \"begin\"");
            saveAndAwait(text, "\"begin\"");
            Latencies latencies = new Latencies();
            for (int i = 0; i < count; i++) {
                String season = "season " + more + "-" + i;
                String edited =
                        text.replace("\"season\": \"begin\"", "\"season\": \"" + season + "\"");
                long begun = System.nanoTime();
                saveAndAwait(edited, season);
                latencies.add(System.nanoTime() - begun);
            }
            System.out.println(
                    latencies.row(
                            "saved → read by a player, %d KiB of world.json"
                                    .formatted(Files.size(file) / 1_024)));
        }
    }

    private static String things(int count) {
        if (count == 0) {
            return "";
        }
        StringBuilder things = new StringBuilder("\"more_things\": {");
        for (int i = 0; i < count; i++) {
            things.append(i == 0 ? "" : ",")
                    .append("\n    \"thing_")
                    .append(i)
                    .append("\": {\"name\": \"thing ")
                    .append(i)
                    .append("\", \"collectible\": false}");
        }
        return things.append("},\n").toString();
    }

    /** Saves the file as many editors do, beside it and then in its place. */
    private void saveAndAwait(String text, String seen) throws IOException {
        Path beside = file.resolveSibling("world.json.swp~");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        String line;
        while ((line = stream.streamLine()) != null) {
            if (line.contains(seen)) {
                return;
            }
        }
        throw new IOException("the stream ended before " + seen);
    }
}
