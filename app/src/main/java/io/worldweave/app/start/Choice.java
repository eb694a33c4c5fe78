package io.worldweave.app.start;

import io.worldweave.app.config.InvalidSettingException;
import jakarta.enterprise.inject.Instance;
import java.util.Set;
import java.util.TreeSet;

/** Chooses adapters by name; those that are not chosen are never made. */
final class Choice {
    private Choice() {}

    /**
     * Returns the adapter of that name.
     *
     * @param key the setting that names it
     * @throws InvalidSettingException if there is none; the message lists those that there are
     */
    static <T> T of(Instance<T> adapters, String key, String name) {
        Instance<T> named = adapters.select(new Adapter.Named(name));
        if (named.isUnsatisfied()) {
            throw unknown(key, name, names(adapters));
        }
        return named.get();
    }

    static InvalidSettingException unknown(String key, String name, Iterable<String> known) {
        return new InvalidSettingException(
                key + " is \"" + name + "\", and known are: " + String.join(", ", known) + ".");
    }

    private static <T> Set<String> names(Instance<T> adapters) {
        Set<String> names = new TreeSet<>();
        for (Instance.Handle<T> handle : adapters.handles()) {
            handle.getBean().getQualifiers().stream()
                    .filter(Adapter.class::isInstance)
                    .forEach(qualifier -> names.add(((Adapter) qualifier).value()));
        }
        return names;
    }
}
