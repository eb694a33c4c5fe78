package io.worldweave.wire;

import static io.worldweave.domain.world.Part.SHARED;
import static io.worldweave.wire.Shop.AREA;
import static io.worldweave.wire.Shop.BOTTLE;
import static io.worldweave.wire.Shop.OWN;
import static io.worldweave.wire.Shop.SPOT;
import static io.worldweave.wire.Shop.WOANDER;
import static io.worldweave.wire.Shop.ZONE;
import static io.worldweave.wire.Shop.add;
import static io.worldweave.wire.Shop.did;
import static io.worldweave.wire.Shop.json;
import static io.worldweave.wire.Shop.remove;
import static io.worldweave.wire.Shop.replace;
import static io.worldweave.wire.Shop.text;
import static io.worldweave.wire.WireVersion.V0_3;
import static io.worldweave.wire.WireVersion.V0_4;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.Projection;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.WorldId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WorldUpdateJsonTest {
    private static final JsonObject ROUND = JsonObject.of("shape", Json.of("round"));

    private static final Map<String, Projection> BOTH =
            Map.ofEntries(
                    Map.entry("taken", Shop.taken()),
                    Map.entry(
                            "item-of-an-area",
                            did("author", add(SHARED, AREA + "/items/dream_bottle_1", BOTTLE))),
                    Map.entry(
                            "item-of-a-zone",
                            did("author", add(SHARED, ZONE + "/items/dream_bottle_1", BOTTLE))),
                    Map.entry(
                            "item-changed",
                            did(
                                    "command:use",
                                    replace(
                                            SHARED,
                                            SPOT + "/items/dream_bottle_1/state/glowing",
                                            Json.of(false)))),
                    Map.entry(
                            "npc-comes-and-another-changes",
                            did(
                                    "author",
                                    add(SHARED, SPOT + "/npcs/woander_1", WOANDER),
                                    replace(
                                            SHARED,
                                            ZONE + "/npcs/louisa_1/state/mood",
                                            Json.of("worried")),
                                    remove(SHARED, AREA + "/npcs/neebling_1"))),
                    Map.entry(
                            "item-given-to-an-npc",
                            did(
                                    "command:give",
                                    remove(OWN, "/inventory/dream_bottle_1"),
                                    add(
                                            SHARED,
                                            SPOT + "/npcs/woander_1/inventory/dream_bottle_1",
                                            BOTTLE))),
                    Map.entry(
                            "values",
                            did(
                                    "command:go",
                                    replace(SHARED, "/time_of_day", Json.of("night")),
                                    add(SHARED, "/weather", ROUND),
                                    remove(SHARED, "/season"),
                                    replace(OWN, "/current_area", JsonNull.NULL),
                                    add(OWN, "/trust/louisa_1", Json.of(1)))),
                    Map.entry(
                            "newcomer",
                            did(
                                    "command:look",
                                    add(
                                            OWN,
                                            "",
                                            json(
                                                    """
                                                    {"current_location":"woander_store",
                                                     "current_area":"main_room",
                                                     "inventory":[]}\
                                                    """)))));

    @TestFactory
    Stream<DynamicTest> bothVersionsAreAsTheFilesShow() {
        return BOTH.entrySet().stream()
                .flatMap(each ->
                        Stream.of(WireVersion.values()).map(version -> golden(each, version)));
    }

    private static DynamicTest golden(Map.Entry<String, Projection> each, WireVersion version) {
        String name = "world-update-" + version.number() + "-" + each.getKey();
        return DynamicTest.dynamicTest(
                name, () -> Golden.check(name, text(each.getValue(), version)));
    }

    @Test
    void aTakenItemIsToldInTheVeryShapesThatClientsKnow() {
        assertThat(text(Shop.taken(), V0_4))
                .startsWith(
                        """
                        {"type":"world_update","version":"0.4","experience":"wylding-woods",\
                        "user_id":"alice","base_version":41,"snapshot_version":42,"changes":[\
                        {"operation":"remove","zone_id":"woander_store","area_id":"main_room",\
                        "spot_id":"spot_1","instance_id":"dream_bottle_1"},\
                        {"operation":"add","area_id":null,"path":"player.inventory",\
                        "item":{"instance_id":"dream_bottle_1","template_id":"dream_bottle",\
                        """)
                .endsWith(
                        """
                        ],"timestamp":1731240000000,\
                        "metadata":{"source":"command:take","state_model":"shared"}}\
                        """);
        assertThat(text(Shop.taken(), V0_3))
                .contains(
                        """
                        "player.inventory":{"operation":"add",\
                        "item":{"id":"dream_bottle_1","type":"dream_bottle",\
                        """)
                .doesNotContain("_version");
    }

    @Test
    void anItemThatIsReplacedGoesAndComes() {
        Projection replaced =
                did("author", replace(SHARED, SPOT + "/items/dream_bottle_1", BOTTLE));
        Golden.check("world-update-0.4-item-replaced", text(replaced, V0_4));
        assertThat(V0_3.encode(replaced)).isInstanceOf(Encoding.Inexpressible.class);
    }

    @Test
    void aNetEffectHasNoUser() {
        Projection net =
                new Projection(
                        new WorldId.Isolated(Shop.WOODS, Shop.ALICE),
                        null,
                        "net",
                        Shop.NOW,
                        List.of(remove(OWN, "/inventory/dream_bottle_1")));
        Golden.check("world-update-0.4-net-effect-of-an-isolated-world", text(net, V0_4));
    }

    @Test
    void theServiceIsNoUser() {
        Projection tick =
                new Projection(
                        Shop.WORLD,
                        new Actor.Service("schedule"),
                        "schedule",
                        Shop.NOW,
                        List.of(remove(OWN, "/inventory/dream_bottle_1")));
        assertThat(text(tick, V0_4)).contains("\"user_id\":null");
    }

    @Test
    void whatIsAppendedToAListIsAnItemIfItHasAnInstanceId() {
        Projection appended = did("author", add(SHARED, SPOT + "/items/-", BOTTLE));
        assertThat(text(appended, V0_4))
                .contains("\"operation\":\"add\"", "\"instance_id\":\"dream_bottle_1\"");
        inexpressible(add(SHARED, SPOT + "/items/-", ROUND), V0_4, V0_3);
    }

    @Test
    void placesMayBeNumbered() {
        Projection numbered =
                did(
                        "author",
                        remove(SHARED, "/locations/1/areas/2/spots/3/items/bottle"),
                        replace(SHARED, "/locations/1/areas/2/name", Json.of("x")));
        assertThat(text(numbered, V0_4))
                .contains("\"zone_id\":\"1\",\"area_id\":\"2\",\"spot_id\":\"3\"")
                .contains("\"path\":\"world.locations.1.areas.2.name\"");
    }

    @Test
    void aWholeWorldCannotBeExpressed() {
        inexpressible(replace(SHARED, "", ROUND), V0_4, V0_3);
        inexpressible(add(SHARED, "", ROUND), V0_4, V0_3);
    }

    @Test
    void aMemberThatAnItemLosesCannotBeExpressed() {
        inexpressible(remove(SHARED, SPOT + "/items/dream_bottle_1/state/glowing"), V0_4, V0_3);
    }

    @Test
    void anObjectInsideAnItemCannotBeExpressedForItWouldBeMerged() {
        inexpressible(replace(SHARED, SPOT + "/items/dream_bottle_1/state", ROUND), V0_4, V0_3);
        inexpressible(add(SHARED, SPOT + "/items/dream_bottle_1/state", ROUND), V0_4, V0_3);
    }

    @Test
    void anElementOfAPlainArrayCannotBeExpressed() {
        inexpressible(add(SHARED, "/bells/-", Json.of("ding")), V0_4, V0_3);
        inexpressible(replace(SHARED, "/bells/0", Json.of("ding")), V0_4, V0_3);
        inexpressible(remove(SHARED, SPOT + "/items/0"), V0_4, V0_3);
        inexpressible(replace(SHARED, SPOT + "/items/0/state/x", Json.of(1)), V0_4, V0_3);
        inexpressible(replace(SHARED, SPOT + "/items/a/tags/0", Json.of(1)), V0_4, V0_3);
    }

    @Test
    void aNameThatBreaksADottedPathCannotBeExpressed() {
        inexpressible(add(SHARED, "/a.b", Json.of(1)), V0_4, V0_3);
        inexpressible(add(SHARED, "/a//b", Json.of(1)), V0_4, V0_3);
        inexpressible(replace(SHARED, "/locations/a.b/name", Json.of("x")), V0_4, V0_3);
        Change item = remove(SHARED, "/locations/a.b/items/dream_bottle_1");
        assertThat(text(did("x", item), V0_4)).contains("\"zone_id\":\"a.b\"");
        inexpressible(item, V0_3);
    }

    @Test
    void version03HasRoomForOneChangeAtAPath() {
        Projection two =
                did("x", remove(SHARED, SPOT + "/items/a"), remove(SHARED, SPOT + "/items/b"));
        assertThat(V0_4.encode(two)).isInstanceOf(Encoding.Encoded.class);
        assertThat(V0_3.encode(two)).isInstanceOf(Encoding.Inexpressible.class);
    }

    @Test
    void version03CannotSayWhichOfTwoOverlappingChangesComesFirst() {
        Projection overlapping =
                did(
                        "x",
                        add(OWN, "/bag", JsonObject.EMPTY),
                        add(OWN, "/bag/coin", Json.of(1)),
                        add(OWN, "/bagpipe", JsonArray.EMPTY));
        assertThat(text(overlapping, V0_4)).contains("player.bag.coin");
        assertThat(V0_3.encode(overlapping)).isInstanceOf(Encoding.Inexpressible.class);
        assertThat(
                        text(
                                did(
                                        "x",
                                        add(OWN, "/bag", JsonObject.EMPTY),
                                        add(OWN, "/bagpipe", JsonArray.EMPTY)),
                                V0_3))
                .contains("player.bagpipe");
    }

    @Test
    void versionsAreFoundByTheirNumbers() {
        assertThat(WireVersion.of("0.4")).isEqualTo(V0_4);
        assertThat(WireVersion.of("0.3")).isEqualTo(V0_3);
        assertThat(WireVersion.of("0.5")).isNull();
    }

    private static void inexpressible(Change change, WireVersion... versions) {
        for (WireVersion version : versions) {
            assertThat(version.encode(did("x", change)))
                    .as("%s in %s", change, version)
                    .isInstanceOf(Encoding.Inexpressible.class);
        }
    }
}
