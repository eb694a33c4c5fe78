package io.worldweave.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.domain.bus.Heard;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.user.UserToken;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;
import io.worldweave.wire.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Whatever a user is called, the user hears what is meant for that user and nothing else. */
class HostileUserIdsTest {
    private static final WorldId LAMP = new WorldId.Shared(new ExperienceId("lamp"));

    static final List<String> IDS =
            List.of(
                    "alice",
                    "Alice",
                    "player@example.com",
                    "player%40example%2Ecom",
                    "*",
                    ">",
                    "a.*",
                    "a.>",
                    "a.b",
                    ".",
                    "..",
                    ".a",
                    "a.",
                    "a..b",
                    "$SYS",
                    "_INBOX.x",
                    "%",
                    "%2A",
                    "a b",
                    " a",
                    "a\tb",
                    "a\nb",
                    "a\r\nPUB x 1\r\n",
                    "a\0b",
                    "a\u007fb",
                    "a\u200bb",
                    "\u202eevil",
                    "\ud83d\ude00",
                    "\ud83d",
                    "Zo\u00eb",
                    "Zoe\u0308",
                    "'\"\\",
                    "{}",
                    "",
                    "x".repeat(128),
                    "\ud83d\ude00".repeat(128),
                    "x".repeat(4_096));

    @Test
    void eachIsRefusedWithAReasonOrHearsItsOwnAndNothingElse() {
        Map<String, WorldId> worlds = new LinkedHashMap<>();
        for (String id : IDS) {
            try {
                worlds.put(id, new WorldId.Isolated(new ExperienceId("lamp"), new UserId(id)));
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("a user id");
            }
        }
        assertThat(worlds).hasSizeGreaterThan(20);
        try (NatsServer server = NatsServer.start();
                NatsBus here = NatsBus.connect(NatsSettings.of(server.url()));
                NatsBus there = NatsBus.connect(NatsSettings.of(server.url()))) {
            await().until(() -> here.isConnected() && there.isConnected());
            Map<String, List<News>> heard = new LinkedHashMap<>();
            worlds.forEach((id, world) -> {
                List<News> own = new CopyOnWriteArrayList<>();
                heard.put(id, own);
                there.listen(world, own::add);
            });
            List<News> ready = new CopyOnWriteArrayList<>();
            WorldId probe = new WorldId.Shared(new ExperienceId("probe"));
            there.listen(probe, ready::add);
            await().until(() -> {
                here.publish(new News.Moved(probe, "e", 1));
                return !ready.isEmpty();
            });

            worlds.values().forEach(world -> here.publish(new News.Moved(world, "e", 1)));
            here.publish(new News.Moved(probe, "e", 2));
            await().until(() -> ready.contains(new News.Moved(probe, "e", 2)));

            worlds.forEach((id, world) ->
                    assertThat(heard.getOrDefault(id, List.of()))
                            .as("what %s heard", id)
                            .containsExactly(new News.Moved(world, "e", 1)));
        }
    }

    /** As nodes encode it, and as publishers in the field write it. */
    @Test
    void eachIsSpokenToInItsTokenAndWhereThatIsASubjectInItsIdAsWell() {
        List<UserId> users = new ArrayList<>();
        for (String id : IDS) {
            try {
                users.add(new UserId(id));
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("a user id");
            }
        }
        try (NatsServer server = NatsServer.start();
                NatsBus bus = NatsBus.connect(NatsSettings.of(server.url()))) {
            await().until(bus::isConnected);
            Map<UserId, List<String>> heard = new LinkedHashMap<>();
            for (UserId user : users) {
                List<String> own = new CopyOnWriteArrayList<>();
                heard.put(user, own);
                bus.listen(user, LAMP, null, said -> own.add(text(said)));
            }
            await().until(() -> bus.subjectCount() == subscriptions(server));
            for (UserId user : users) {
                server.publish("world.updates.user." + UserToken.encode(user), to(user, "token"));
                if (user.value().matches("[^\\s.*>]+(\\.[^\\s.*>]+)*")) {
                    server.publish("world.updates.user." + user.value(), to(user, "raw"));
                }
            }

            await().until(() -> heard.get(users.getLast()).contains(users.getLast() + " token"));
            for (UserId user : users) {
                assertThat(heard.get(user))
                        .as("what %s heard", user)
                        .contains(user + " token")
                        .allMatch(said -> said.startsWith(user + " ") || writesLike(said, user))
                        .doesNotHaveDuplicates();
            }
            UserId mail = new UserId("player@example.com");
            assertThat(heard.get(mail)).contains(mail + " token", mail + " raw");
            assertThat(heard.get(new UserId("Zo\u00eb"))).hasSize(2);
        }
    }

    /** Who writes an id as it is may write another one's token: that is the other one's place. */
    private static boolean writesLike(String said, UserId user) {
        return said.equals(UserToken.encode(user) + " raw");
    }

    private static String text(Heard heard) {
        return ((Heard.Said) heard).event().content().text("to", "");
    }

    private static byte[] to(UserId user, String how) {
        return JsonWriter.compact(JsonObject.of("to", Json.of(user.value() + " " + how)));
    }

    private static long subscriptions(NatsServer server) {
        return server.monitor("/connz?subs=1").split("world\\.updates", -1).length - 1L;
    }
}
