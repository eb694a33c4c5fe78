package io.worldweave.domain.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An immutable map from text to values that keeps the order in which its keys first came. */
public final class PersistentMap<V> {
    private static final PersistentMap<?> EMPTY = new PersistentMap<>(new LinkedHashMap<>());

    private final SequencedMap<String, V> entries;

    private PersistentMap(SequencedMap<String, V> entries) {
        this.entries = entries;
    }

    @SuppressWarnings("unchecked")
    public static <V> PersistentMap<V> empty() {
        return (PersistentMap<V>) EMPTY;
    }

    public int size() {
        return entries.size();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public @Nullable V get(String key) {
        return entries.get(key);
    }

    public PersistentMap<V> with(String key, V value) {
        SequencedMap<String, V> copy = new LinkedHashMap<>(entries);
        copy.put(key, value);
        return new PersistentMap<>(copy);
    }

    public PersistentMap<V> without(String key) {
        SequencedMap<String, V> copy = new LinkedHashMap<>(entries);
        copy.remove(key);
        return new PersistentMap<>(copy);
    }

    public void forEach(BiConsumer<String, V> action) {
        for (Map.Entry<String, V> entry : entries.entrySet()) {
            action.accept(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PersistentMap<?> map && entries.equals(map.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
