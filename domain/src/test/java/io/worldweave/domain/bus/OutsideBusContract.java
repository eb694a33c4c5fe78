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

    @Test
    default void whatIsSaidToAUserIsHeardOnEveryNodeWhereTheUserIs() {
        try (Bus here = join();
                Bus there = join()) {
            List<OutsideEvent> heardHere = new CopyOnWriteArrayList<>();
            List<OutsideEvent> heardThere = new CopyOnWriteArrayList<>();
            here.listen(MAIL, heardHere::add);
            there.listen(MAIL, heardThere::add);
            settle();
            say(MAIL, HELLO);
            settle();

            assertThat(heardHere).containsExactly(hello());
            assertThat(heardThere).containsExactly(hello());
        }
    }

    @Test
    default void whatIsSaidToAnotherUserIsNotHeard() {
        try (Bus here = join()) {
            List<OutsideEvent> heard = new CopyOnWriteArrayList<>();
            here.listen(ALICE, heard::add);
            settle();
            say(MAIL, HELLO);
            settle();

            assertThat(heard).isEmpty();
        }
    }

    @Test
    default void whoDoesNotListenAnyMoreHearsNothingAndTheOtherDoes() {
        try (Bus here = join()) {
            List<OutsideEvent> first = new CopyOnWriteArrayList<>();
            List<OutsideEvent> second = new CopyOnWriteArrayList<>();
            Bus.Interest closed = here.listen(ALICE, first::add);
            here.listen(ALICE, second::add);
            settle();
            closed.close();
            closed.close();
            say(ALICE, HELLO);
            settle();

            assertThat(first).isEmpty();
            assertThat(second).containsExactly(hello());
        }
    }
}
