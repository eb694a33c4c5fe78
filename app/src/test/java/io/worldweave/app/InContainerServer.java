package io.worldweave.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.arquillian.config.descriptor.api.ContainerDef;
import org.jboss.arquillian.container.spi.event.SetupContainer;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * The server that Arquillian deploys to: the files of every other server of the tests, and on top
 * of them what lets Arquillian in. It has its own port, directories and name.
 */
public final class InContainerServer implements LoadableExtension {
    /** Unlike any other's on this machine, for Arquillian finds its server by its name. */
    static final String NAME = "in-container-of-" + ProcessHandle.current().pid() + "-";

    private static final Pattern THREAD_NAME = Pattern.compile("\"name\": \"([^\"]*)\"");

    private static final String LETS_ARQUILLIAN_IN =
            """
            <server>
              <featureManager>
                <feature>localConnector-1.0</feature>
              </featureManager>
              <config updateTrigger="polled" monitorInterval="100ms"/>
              <applicationMonitor updateTrigger="mbean"/>
            </server>
            """;

    @Override
    public void register(ExtensionBuilder extensions) {
        extensions.observer(Setup.class);
    }

    static Path directory() {
        return ServerFiles.path("worldweave.test.servers").resolve("in-container");
    }

    /** Returns the names of all threads in the server, virtual ones included. */
    static List<String> threads() throws IOException, InterruptedException {
        ProcessHandle server =
                ProcessHandle.current()
                        .descendants()
                        .filter(process -> process.info().commandLine().orElse("").contains(NAME))
                        .findFirst()
                        .orElseThrow();
        Path dump = directory().resolve("threads.json");
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                                Long.toString(server.pid()),
                                "Thread.dump_to_file",
                                "-format=json",
                                "-overwrite",
                                dump.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IllegalStateException("jcmd: " + said);
        }
        return THREAD_NAME
                .matcher(Files.readString(dump))
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    /** Makes the server before Arquillian looks for it. */
    public static final class Setup {
        /** First of all that happens at this event. */
        private static final int EARLY = 1;

        public void prepare(@Observes(precedence = EARLY) SetupContainer event) throws IOException {
            int port = ServerFiles.freePort();
            Path server = ServerFiles.writeTo(directory(), NAME);
            leaveTheApplicationToArquillian(server.resolve("server.xml"));
            Path overrides = Files.createDirectories(server.resolve("configDropins/overrides"));
            Files.writeString(overrides.resolve("arquillian.xml"), LETS_ARQUILLIAN_IN);
            Files.write(
                    server.resolve("bootstrap.properties"),
                    List.of(
                            "worldweave.http.port=" + port,
                            "worldweave.data=" + directory().resolve("data"),
                            "worldweave.narrator=" + InContainerAdapters.CHOSEN,
                            "worldweave.bus=" + InContainerAdapters.CHOSEN),
                    StandardOpenOption.APPEND);
            Files.writeString(
                    server.resolve("server.env"), "JAVA_HOME=" + System.getProperty("java.home"));
            configure(event.getContainer().getContainerConfiguration(), port);
        }

        /** One that is configured and not started would hold up the port for half a minute. */
        private static void leaveTheApplicationToArquillian(Path file) throws IOException {
            String shipped = Files.readString(file);
            String rest = shipped.replaceFirst("<webApplication [^>]*/>", "");
            if (rest.equals(shipped)) {
                throw new IllegalStateException(file + " has no <webApplication …/>");
            }
            Files.writeString(file, rest);
        }

        private static void configure(ContainerDef container, int port) {
            container
                    .overrideProperty("wlpHome", path("worldweave.test.runtime"))
                    .overrideProperty("usrDir", directory().resolve("usr").toString())
                    .overrideProperty("serverName", NAME)
                    .overrideProperty("httpPort", Integer.toString(port))
                    .overrideProperty("deployType", "xml")
                    .overrideProperty("testProtocol", "rest")
                    .overrideProperty("outputToConsole", "false")
                    .overrideProperty("serverStartTimeout", "60")
                    .overrideProperty("appDeployTimeout", "60")
                    .overrideProperty("appUndeployTimeout", "20");
        }

        private static String path(String property) {
            return ServerFiles.path(property).toString();
        }
    }
}
