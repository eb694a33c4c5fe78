package io.worldweave.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Opens many event streams and measures what they cost the service: its threads, its heap after a
 * collection, its resident memory; then how long a change takes to reach all of them.
 *
 * <p>Arguments: the service's URL, its process id, how many streams (1,000). The service must allow
 * so many to one user.
 */
public final class OpenStreams {
    private static final int CHANGES = 50;

    private OpenStreams() {}

    /** What a process uses. */
    private record Usage(long platformThreads, long heapBytes, long residentBytes) {
        static Usage of(long process) throws IOException, InterruptedException {
            jcmd(process, "GC.run");
            return new Usage(
                    field(process, "Threads"), heap(process), field(process, "VmRSS") * 1_024);
        }

        private static long heap(long process) throws IOException, InterruptedException {
            String last =
                    jcmd(process, "GC.class_histogram").lines().reduce((a, b) -> b).orElse("");
            return Long.parseLong(last.strip().split("\\s+", -1)[2]);
        }

        private static long field(long process, String name) throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
                if (line.startsWith(name + ":")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
            throw new IOException("no " + name + " of process " + process);
        }

        private static String jcmd(long process, String command)
                throws IOException, InterruptedException {
            Process run =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                            .toString(),
                                    Long.toString(process),
                                    command)
                            .redirectErrorStream(true)
                            .start();
            String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            run.waitFor(60, TimeUnit.SECONDS);
            return output;
        }
    }

    public static void main(String[] arguments) throws Exception {
        URI service = URI.create(arguments[0]);
        long process = Long.parseLong(arguments[1]);
        int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1_000;
        warmUp(service);
        Usage before = Usage.of(process);
        List<SseConnection> streams = new ArrayList<>();
        long started = System.nanoTime();
        for (int i = 0; i < count; i++) {
            streams.add(open(service));
        }
        double openedSeconds = (System.nanoTime() - started) / 1e9;
        Usage with = Usage.of(process);
        Latencies spread = spread(service, streams);
        for (SseConnection stream : streams) {
            stream.close();
        }
        print(count, openedSeconds, before, with);
        System.out.println();
        System.out.println(Latencies.heading());
        System.out.println(spread.row("change sent → read by all " + count + " streams"));
    }

    private static void print(int count, double openedSeconds, Usage before, Usage with) {
        System.out.println("| | without | with " + count + " streams | each |");
        System.out.println("| --- | ---: | ---: | ---: |");
        row("platform threads", before.platformThreads(), with.platformThreads(), count, 1, "");
        row(
                "heap after collection, KiB",
                before.heapBytes(),
                with.heapBytes(),
                count,
                1_024,
                " KiB");
        row("resident, KiB", before.residentBytes(), with.residentBytes(), count, 1_024, " KiB");
        System.out.println(String.format(Locale.ROOT, "%nOpened in %.2f s.", openedSeconds));
    }

    private static void row(
            String what, long before, long with, int count, int unit, String suffix) {
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "| %s | %d | %d | %.3f%s |",
                        what,
                        before / unit,
                        with / unit,
                        (with - before) / (double) unit / count,
                        suffix));
    }

    private static SseConnection open(URI service) throws IOException {
        SseConnection stream = new SseConnection(service);
        int status = stream.send("GET", "/experiences/wylding-woods/events", "demo-bob", "");
        if (status != 200) {
            throw new IOException("a stream was refused with " + status);
        }
        readUntil(stream, "\"type\":\"snapshot\"");
        return stream;
    }

    private static void warmUp(URI service) throws IOException {
        for (int i = 0; i < 50; i++) {
            open(service).close();
        }
    }

    private static Latencies spread(URI service, List<SseConnection> streams) throws Exception {
        Latencies latencies = new Latencies();
        for (int i = 0; i < CHANGES; i++) {
            long sent = System.nanoTime();
            change(service, i);
            for (SseConnection stream : streams) {
                readUntil(stream, "\"type\":\"world_update\"");
            }
            latencies.add(System.nanoTime() - sent);
        }
        return latencies;
    }

    private static void change(URI service, int number) throws IOException {
        HttpRequests.post(
                service.resolve("/experiences/wylding-woods/updates"),
                "demo-admin",
                "{\"weather\":\"" + (number % 2 == 0 ? "rain" : "sun") + "\"}");
    }

    private static void readUntil(SseConnection stream, String text) throws IOException {
        String line;
        while ((line = stream.streamLine()) != null) {
            if (line.contains(text)) {
                return;
            }
        }
        throw new IOException("a stream ended before " + text);
    }
}
