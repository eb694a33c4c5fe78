package io.worldweave.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.command.Glade;
import io.worldweave.domain.command.Play;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.Role;
import io.worldweave.domain.user.UserId;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an experience's {@code multiplayer} settings let players see, of the world and others. */
class ExperienceTest {
    private static final Identity PUBLISHER =
            new Identity(new UserId("publisher"), Set.of(Role.PUBLISHER));

    private static Experience where(String setting, Json value) {
        return Glade.withMultiplayer(JsonObject.of(setting, value));
    }

    @Test
    void playersSeeTheWholeWorldAndEachOtherUnlessASettingSaysOtherwise() {
        Experience glade = Glade.experience();

        assertThat(glade.showsWorldTo(Play.ALICE)).isTrue();
        assertThat(glade.playersMeet()).isTrue();
        assertThat(where("player_view", Json.of("world")).showsWorldTo(Play.ALICE)).isTrue();
        assertThat(where("player_visibility", Json.of("zone")).playersMeet()).isTrue();
    }

    @Test
    void whereAPlayersViewIsItsZonePublishersAndAdminsSeeTheWorldAllTheSame() {
        Experience glade = where("player_view", Json.of("zone"));

        assertThat(glade.showsWorldTo(Play.ALICE)).isFalse();
        assertThat(glade.showsWorldTo(PUBLISHER)).isTrue();
        assertThat(glade.showsWorldTo(Play.ADMIN)).isTrue();
        assertThat(glade.playersMeet()).as("in their zone they do").isTrue();
    }

    @Test
    void playersDoNotMeetWhereNobodyIsShownOrEachPlaysAlone() {
        assertThat(where("player_visibility", Json.of("none")).playersMeet()).isFalse();
        assertThat(where("enabled", Json.of(false)).playersMeet()).isFalse();
    }
}
