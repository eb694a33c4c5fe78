package io.worldweave.app;

import io.worldweave.app.config.Settings;
import jakarta.enterprise.inject.spi.CDI;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What a thread of the application can reach.
 *
 * @param setting one that only the application itself gives, from its own files
 * @param settings those that were read when it started
 */
record Surroundings(boolean virtual, String thread, String setting, Settings settings) {
    static Surroundings ofThisThread() {
        Thread thread = Thread.currentThread();
        return new Surroundings(
                thread.isVirtual(),
                thread.getName(),
                ConfigProvider.getConfig().getValue("worldweave.turn.grace", String.class),
                CDI.current().select(Settings.class).get());
    }
}
