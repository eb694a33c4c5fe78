package io.worldweave.domain.bus;

class LocalBusTest implements BusContract {
    private final LocalBus bus = new LocalBus();

    @Override
    public Bus join() {
        return bus.join();
    }

    @Override
    public void settle() {
        // news is heard before it counts as published
    }
}
