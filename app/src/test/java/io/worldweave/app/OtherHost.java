package io.worldweave.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another computer, as the network sees it: a network namespace with a cable to this one that can
 * be pulled. It takes Linux and root. Not thread-safe: of one test.
 */
final class OtherHost implements AutoCloseable {
    /** Of the addresses that are kept for tests of network devices. */
    private static final String HERE = "198.18.77.1";

    private static final String THERE = "198.18.77.2";

    private final String name = "ww" + ProcessHandle.current().pid();
    private final String cableEnd = name + "x";
    private @Nullable Process client;

    private OtherHost() {}

    /** Returns the host, plugged in. */
    static OtherHost plugIn() throws IOException {
        OtherHost host = new OtherHost();
        try {
            run("ip", "netns", "add", host.name);
            run("ip", "link", "add", host.name, "type", "veth", "peer", "name", host.cableEnd);
            run("ip", "link", "set", host.cableEnd, "netns", host.name);
            run("ip", "addr", "add", HERE + "/30", "dev", host.name);
            run("ip", "link", "set", host.name, "up");
            run("ip", "-n", host.name, "addr", "add", THERE + "/30", "dev", host.cableEnd);
            run("ip", "-n", host.name, "link", "set", host.cableEnd, "up");
            return host;
        } catch (IOException refused) {
            host.close();
            throw refused;
        }
    }

    /** Returns why there can be no other host here, or null if there can. */
    static @Nullable String whyNot() {
        try (OtherHost _ = plugIn()) {
            return null;
        } catch (IOException refused) {
            return "network namespaces cannot be made here: " + refused.getMessage();
        }
    }

    /** Opens a session from there, whose client reads all that comes and says nothing. */
    void open(RunningServer server, String path, String key) throws IOException {
        String request =
                String.join(
                        "\\r\\n",
                        "GET " + path + " HTTP/1.1",
                        "Host: " + HERE,
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "x-api-key: " + key,
                        "\\r\\n");
        String script =
                "exec 3<>/dev/tcp/%s/%d; printf '%s' >&3; exec cat <&3"
                        .formatted(HERE, server.uri().getPort(), request);
        client =
                new ProcessBuilder("ip", "netns", "exec", name, "bash", "-c", script)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
    }

    /** Pulls the cable: nothing that is sent arrives, and nobody is told so. */
    void pull() throws IOException {
        run("ip", "-n", name, "link", "set", cableEnd, "down");
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Takes the host away; what it had open breaks off without a word. */
    @Override
    public void close() {
        if (client != null) {
            client.destroyForcibly();
        }
        for (List<String> command :
                List.of(List.of("ip", "link", "del", name), List.of("ip", "netns", "del", name))) {
            try {
                run(command.toArray(String[]::new));
            } catch (IOException none) {
                // it was not made
            }
        }
    }
}
