package io.worldweave.domain.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.UserId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a bus promises, besides, where other programs can speak to users. */
public interface OutsideBusContract extends BusContract {
    UserId ALICE = new UserId("alice");
    UserId MAIL = new UserId("player@example.com");

    /**
     * Says something to a user as another program does.
     *
     * @param json the text of {@link #content}, or of something reserved
     */
    void say(UserId user, String json);

    /** The only thing that these tests say. */
    String HELLO = "{\"type\":\"hello\"}";

    /** Returns what {@code json} is the text of. */
    static JsonObject content(String json) {
        assertThat(json).isEqualTo(HELLO);
        return JsonObject.of("type", Json.of("hello"));
    }

    private static OutsideEvent hello() {
        return new OutsideEvent(content(HELLO));
    }

    private static List<OutsideEvent> said(List<Heard> heard) {
        return heard.stream()
                .filter(Heard.Said.class::isInstance)
                .map(said -> ((Heard.Said) said).event())
                .toList();
    }

    @Test
    default void whatIsSaidToAUserIsHeardOnEveryNodeWhereTheUserIs() {
        try (Bus here = join();
                Bus there = join()) {
            List<Heard> heardHere = new CopyOnWriteArrayList<>();
            List<Heard> heardThere = new CopyOnWriteArrayList<>();
            here.listen(MAIL, SHOP, null, heardHere::add);
            there.listen(MAIL, SHOP, null, heardThere::add);
            settle();
            say(MAIL, HELLO);
            settle();

            assertThat(said(heardHere)).containsExactly(hello());
            assertThat(said(heardThere)).containsExactly(hello());
        }
    }

    @Test
    default void whatIsSaidToAnotherUserIsNotHeard() {
        try (Bus here = join()) {
            List<Heard> heard = new CopyOnWriteArrayList<>();
            here.listen(ALICE, SHOP, null, heard::add);
            settle();
            say(MAIL, HELLO);
            settle();

            assertThat(said(heard)).isEmpty();
        }
    }

    @Test
    default void whoDoesNotListenAnyMoreHearsNothingAndTheOtherDoes() {
        try (Bus here = join()) {
            List<Heard> first = new CopyOnWriteArrayList<>();
            List<Heard> second = new CopyOnWriteArrayList<>();
            Bus.Interest closed = here.listen(ALICE, SHOP, null, first::add);
            here.listen(ALICE, SHOP, null, second::add);
            settle();
            closed.close();
            closed.close();
            say(ALICE, HELLO);
            settle();

            assertThat(said(first)).isEmpty();
            assertThat(said(second)).containsExactly(hello());
        }
    }
}
