package io.worldweave.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.worldweave.app.config.Settings;
import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Experiences;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.play.Publishers;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.turn.Cast;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.Turns;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.weave.Subscriptions;
import io.worldweave.domain.world.ExperienceId;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContainerInitializer;
import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What only code inside the container sees: what was made, how often, and which threads are left.
 */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(180)
class InContainerIT {
    private static final String DEPLOYMENT = "in-container";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final UserId ALICE = new UserId("alice");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final List<Class<?>> CORE =
            List.of(
                    Settings.class,
                    Scheduler.class,
                    WorldStore.class,
                    Bus.class,
                    Cast.class,
                    Worlds.class,
                    Players.class,
                    Publishers.class,
                    Turns.class,
                    Subscriptions.class);

    /** What the names of the service's threads begin with. */
    private static final List<String> PREFIXES =
            List.of("worldweave-", "sse-", "session-", "turn-");

    @Inject Instance<Object> everything;
    @Inject Experiences experiences;
    @Inject Scheduler scheduler;
    @Inject Players players;
    @Inject Turns turns;

    /** The service as it is shipped, with adapters that are counted. */
    @Deployment(name = DEPLOYMENT, managed = false)
    static WebArchive service() {
        File war = ServerFiles.path("worldweave.test.war").toFile();
        return ShrinkWrap.create(ZipImporter.class, DEPLOYMENT + ".war")
                .importFrom(war)
                .as(WebArchive.class)
                .addClasses(InContainerAdapters.class, Surroundings.class, Answers.class)
                .addAsLibrary(
                        ShrinkWrap.create(JavaArchive.class, "entrance.jar")
                                .addClass(InContainerEntrance.class)
                                .addAsServiceProvider(
                                        ServletContainerInitializer.class,
                                        InContainerEntrance.class))
                .addAsLibrary(jarOf(Assertions.class));
    }

    private static File jarOf(Class<?> type) {
        return new File(
                URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    @Test
    @Order(0)
    @RunAsClient
    void theServiceIsDeployed(@ArquillianResource Deployer deployer) {
        deployer.deploy(DEPLOYMENT);
    }

    @Test
    void theChosenAdapterIsMadeOnceAndNoOtherAtAll() throws Exception {
        say("look around");

        assertThat(InContainerAdapters.made())
                .containsOnly(entry("the chosen narrator", 1), entry("the chosen bus", 1));
    }

    /** Not a parameterised test: inside, each of its runs would be all of them. */
    @Test
    void ofEachPartOfTheCoreThereIsOne() {
        assertThat(CORE)
                .allSatisfy(part ->
                        assertThat((Object) everything.select(part).get())
                                .isSameAs(everything.select(part).get()));
    }

    @Test
    void servletsAndResourcesWorkOnTheSameWorlds() throws Exception {
        LiveWorld world = players.enter(woods(), ALICE);

        ConversationId conversation = new ConversationId(say("look").text("conversation_id"));
        assertThat(turns.find(conversation, ALICE))
                .isInstanceOfSatisfying(
                        Turns.Found.Latest.class,
                        found -> assertThat(found.turn().world()).isSameAs(world));

        long before = world.head().position().revision();
        post("experiences/wylding-woods/commands", "take the peaceful dream bottle");
        assertThat(world.head().position().revision()).isEqualTo(before + 1);
    }

    @Test
    void aScheduledTaskHasConfigurationAndBeans() throws Exception {
        CompletableFuture<Surroundings> seen = new CompletableFuture<>();
        scheduler.after(
                Duration.ZERO, () -> seen.completeAsync(Surroundings::ofThisThread, Runnable::run));

        assertIsAtHome(seen.get(PATIENCE.toSeconds(), SECONDS));
    }

    @Test
    void aTurnHasConfigurationAndBeans() throws Exception {
        say("look at the counter");

        assertIsAtHome(InContainerAdapters.seenBy("look at the counter"));
    }

    /** I9: the last test, for there is no application after it. */
    @Test
    @Order(Integer.MAX_VALUE)
    @RunAsClient
    void whatWasUndeployedLeavesNoThread(
            @ArquillianResource URL application, @ArquillianResource Deployer deployer)
            throws Exception {
        HttpRequest events =
                request(application.toURI().resolve("experiences/wylding-woods/events")).build();
        try (InputStream stream = HTTP.send(events, BodyHandlers.ofInputStream()).body()) {
            assertThat(stream.read()).isPositive();
            assertThat(InContainerServer.threads())
                    .contains("worldweave-timer")
                    .anyMatch(name -> name.startsWith("sse-"));

            deployer.undeploy(DEPLOYMENT);

            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(InContainerServer.threads())
                                    .noneMatch(InContainerIT::isOfTheService));
        }
    }

    private static boolean isOfTheService(String thread) {
        return PREFIXES.stream().anyMatch(thread::startsWith);
    }

    private void assertIsAtHome(Surroundings seen) {
        assertThat(seen).isNotNull();
        assertThat(seen.virtual()).isTrue();
        assertThat(seen.setting()).isEqualTo("PT1M");
        assertThat(seen.settings()).isSameAs(everything.select(Settings.class).get());
    }

    private Experience woods() {
        return experiences.find(new ExperienceId("wylding-woods"));
    }

    private static JsonObject say(String message) throws Exception {
        return post("chat/unified", message);
    }

    private static JsonObject post(String path, String message) throws Exception {
        String port = ConfigProvider.getConfig().getValue("worldweave.http.port", String.class);
        URI root = URI.create("http://localhost:" + port + "/" + DEPLOYMENT + "/");
        HttpResponse<String> answer =
                HTTP.send(
                        request(root.resolve(path))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"message\":\"" + message + "\"}"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Answers.json(answer);
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).header("x-api-key", "demo-alice");
    }
}
