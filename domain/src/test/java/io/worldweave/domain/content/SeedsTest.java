package io.worldweave.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.command.Glade;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeedsTest {
    private static final String SHELF = "/locations/shop/areas/shelf/spots/spot_1/items/";

    private final Experience experience = Glade.experience();
    private final JsonObject world = Seeds.world(experience);

    @Test
    void anItemHasWhatItsTemplateGivesAndItsOwnGoesBefore() {
        assertThat(at(SHELF + "bottle_1/collectible")).isEqualTo(Json.of(true));
        assertThat(at(SHELF + "bottle_1/semantic_name"))
                .isEqualTo(Json.of("peaceful dream bottle"));
        assertThat(at(SHELF + "lens_1/semantic_name")).isEqualTo(Json.of("scrying lens"));
        assertThat(at(SHELF + "ghost_1/visible")).isEqualTo(Json.of(false));
    }

    @Test
    void itsStateIsOverlaidMemberByMember() {
        assertThat(at(SHELF + "bottle_1/state"))
                .isEqualTo(JsonObject.of("glowing", Json.of(true), "symbol", Json.of("spiral")));
    }

    @Test
    void itsTypeIsItsTemplatesUnlessSomethingElseIsSaid() {
        assertThat(at(SHELF + "lens_1/type")).isEqualTo(Json.of("lens"));
    }

    @Test
    void aCharacterHasItsName() {
        assertThat(at("/locations/shop/areas/counter/spots/spot_1/npcs/woander_1/name"))
                .isEqualTo(Json.of("Woander"));
    }

    @Test
    void sectionsStayWithTheTemplate() {
        assertThat(world.toString()).doesNotContain("narrative", "dialogue", "greeting");
    }

    @Test
    void whatTheServiceDoesNotKnowStaysAndMetadataGoes() {
        assertThat(at("/time_of_day")).isEqualTo(Json.of("dusk"));
        assertThat(at("/metadata")).isNull();
    }

    @Test
    void anItemOfAnUnknownTemplateStaysAsItIs() {
        JsonObject item = JsonObject.of("instance_id", Json.of("x"), "template_id", Json.of("y"));

        assertThat(Seeds.item(experience, item)).isEqualTo(item);
    }

    @Test
    void aPlayerBeginsWhereTheExperienceSaysWithEmptyHands() {
        JsonObject player = Seeds.player(experience);

        assertThat(player.text("current_location")).isEqualTo("shop");
        assertThat(player.text("current_area")).isEqualTo("shelf");
        assertThat(player.get("inventory")).isEqualTo(JsonArray.EMPTY);
        assertThat(player.get("quests")).isEqualTo(JsonObject.EMPTY);
        assertThat(player.get("trust")).isEqualTo(JsonObject.EMPTY);
    }

    @Test
    void whatAPlayerBeginsWithIsFilledInToo() {
        JsonObject lens =
                JsonObject.of("instance_id", Json.of("lens_9"), "template_id", Json.of("lens"));
        JsonObject bootstrap =
                JsonObject.of("player_starting_inventory", JsonCollection.of(List.of(lens)));
        Experience generous =
                new Experience(
                        experience.id(),
                        experience.name(),
                        experience.version(),
                        experience.model(),
                        JsonObject.of("bootstrap", bootstrap),
                        experience.authoredWorld(),
                        experience.templates(),
                        experience.commands(),
                        experience.quests());

        JsonObject player = Seeds.player(generous);

        assertThat(Pointer.parse("/inventory/lens_9/usable").in(player)).isEqualTo(Json.of(true));
        assertThat(player.get("current_area")).isEqualTo(JsonNull.NULL);
    }

    private @Nullable Json at(String pointer) {
        return Pointer.parse(pointer).in(world);
    }
}
