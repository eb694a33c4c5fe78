package io.worldweave.domain.bus;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bus that leaves everything to another: what one that adds something to it begins with. */
public abstract class ForwardingBus implements Bus {
    private final Bus bus;

    /** Makes a bus that leaves everything to {@code bus}, which is closed with it. */
    protected ForwardingBus(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void publish(News news) {
        bus.publish(news);
    }

    @Override
    public Interest listen(WorldId world, Consumer<News> listener) {
        return bus.listen(world, listener);
    }

    @Override
    public Interest listen(
            UserId user, WorldId world, @Nullable EventPosition since, Consumer<Heard> listener) {
        return bus.listen(user, world, since, listener);
    }

    @Override
    public void close() {
        bus.close();
    }
}
