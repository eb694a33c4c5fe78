package io.worldweave.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.EventPosition;
import io.worldweave.domain.bus.Heard;
import io.worldweave.domain.bus.OutsideBusContract;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The contract of buses, where a stream keeps what is said to users. */
class JetStreamBusTest extends NatsBusTest {
    @Override
    NatsSettings settings() {
        return super.settings().with(NatsSettings.Stream.STANDARD);
    }

    @Test
    void whoComesBackIsToldOnAnyNodeWhatWasSaidMeanwhile() {
        try (Bus here = join();
                Bus there = join()) {
            List<Heard> first = new CopyOnWriteArrayList<>();
            Bus.Interest gone = here.listen(ALICE, SHOP, null, first::add);
            settle();
            say(ALICE, HELLO);
            settle();
            gone.close();
            EventPosition left = Objects.requireNonNull(first.getLast().position());
            say(ALICE, HELLO);
            say(OutsideBusContract.MAIL, HELLO);
            say(ALICE, HELLO);
            List<Heard> second = new CopyOnWriteArrayList<>();
            there.listen(ALICE, SHOP, left, second::add);
            settle();

            assertThat(second).filteredOn(Heard.Said.class::isInstance).hasSize(2);
            assertThat(second).filteredOn(Heard.Missed.class::isInstance).isEmpty();
        }
    }
}
