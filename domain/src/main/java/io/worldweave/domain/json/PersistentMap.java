package io.worldweave.domain.json;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from text to values that keeps the order in which its keys first came. Equal
 * maps hold equal entries; their order does not count.
 *
 * <p>Thread-safe. {@link #get}, {@link #with} and {@link #without} cost the same whatever the size
 * and whoever chose the keys, and copy a few small nodes; the rest is shared. {@link #forEach} pays
 * for the order: above {@value FlatMap#LIMIT} entries it puts them in order first. Small maps are
 * flat arrays, larger ones hash tries.
 */
public abstract sealed class PersistentMap<V> permits FlatMap, TrieMap {

    public static <V> PersistentMap<V> empty() {
        return FlatMap.none();
    }

    /** Returns the entries of {@code map} in its order; the way to build a large map at once. */
    public static <V> PersistentMap<V> copyOf(Map<String, ? extends V> map) {
        return map.size() <= FlatMap.LIMIT ? FlatMap.copy(map) : TrieMap.copy(map);
    }

    public abstract int size();

    public final boolean isEmpty() {
        return size() == 0;
    }

    public abstract @Nullable V get(String key);

    /**
     * Returns this map with {@code value} at {@code key}: in the place of the value that was there,
     * or at the end. It is this map if that very value is there already.
     */
    public abstract PersistentMap<V> with(String key, V value);

    /** Returns this map without {@code key}; this map if it is not there. */
    public abstract PersistentMap<V> without(String key);

    /** Takes the entries in order. */
    public abstract void forEach(BiConsumer<String, V> action);

    /** Returns whether the predicate holds for a value; they are asked in any order. */
    abstract boolean anyMatch(Predicate<? super V> predicate);

    /** Returns whether {@code other}, which is of this size, holds equal entries. */
    abstract boolean sameEntries(PersistentMap<?> other);

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof PersistentMap<?> map
                        && map.size() == size()
                        && sameEntries(map));
    }

    /** The sum over the entries, so that their order does not count. */
    @Override
    public abstract int hashCode();

    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((key, value) ->
                text.append(text.length() == 1 ? "" : ", ").append(key).append('=').append(value));
        return text.append('}').toString();
    }
}
