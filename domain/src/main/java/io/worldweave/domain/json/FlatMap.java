package io.worldweave.domain.json;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A small map: keys and values in turn in one array, in order; found by looking at each key. */
final class FlatMap<V> extends PersistentMap<V> {
    /** With one entry more a map is a {@link TrieMap}. */
    static final int LIMIT = 16;

    private static final FlatMap<?> NONE = new FlatMap<>(new Object[0]);
    private static final int ABSENT = -1;

    private final Object[] slots;

    private FlatMap(Object[] slots) {
        this.slots = slots;
    }

    @SuppressWarnings("unchecked")
    static <V> FlatMap<V> none() {
        return (FlatMap<V>) NONE;
    }

    static <V> FlatMap<V> copy(Map<String, ? extends V> map) {
        Object[] slots = new Object[2 * map.size()];
        int at = 0;
        for (Map.Entry<String, ? extends V> entry : map.entrySet()) {
            slots[at++] = entry.getKey();
            slots[at++] = entry.getValue();
        }
        return new FlatMap<>(slots);
    }

    static <V> FlatMap<V> of(TrieNode.Entry<?>[] entries) {
        Object[] slots = new Object[2 * entries.length];
        for (int i = 0; i < entries.length; i++) {
            slots[2 * i] = entries[i].key();
            slots[2 * i + 1] = entries[i].value();
        }
        return new FlatMap<>(slots);
    }

    @Override
    public int size() {
        return slots.length / 2;
    }

    @Override
    public @Nullable V get(String key) {
        int at = find(key);
        return at == ABSENT ? null : value(at);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // what it saves is a copy; to compare would cost more
    public PersistentMap<V> with(String key, V value) {
        int at = find(key);
        if (at == ABSENT) {
            return size() < LIMIT ? longer(key, value) : grown().with(key, value);
        }
        if (slots[at + 1] == value) {
            return this;
        }
        Object[] copy = slots.clone();
        copy[at + 1] = value;
        return new FlatMap<>(copy);
    }

    private FlatMap<V> longer(String key, V value) {
        Object[] copy = Arrays.copyOf(slots, slots.length + 2);
        copy[slots.length] = key;
        copy[slots.length + 1] = value;
        return new FlatMap<>(copy);
    }

    private TrieMap<V> grown() {
        TrieMap<V> trie = TrieMap.none();
        for (int at = 0; at < slots.length; at += 2) {
            trie = trie.with(key(at), value(at));
        }
        return trie;
    }

    @Override
    public PersistentMap<V> without(String key) {
        int at = find(key);
        if (at == ABSENT) {
            return this;
        }
        if (slots.length == 2) {
            return none();
        }
        Object[] copy = new Object[slots.length - 2];
        System.arraycopy(slots, 0, copy, 0, at);
        System.arraycopy(slots, at + 2, copy, at, copy.length - at);
        return new FlatMap<>(copy);
    }

    @Override
    public void forEach(BiConsumer<String, V> action) {
        for (int at = 0; at < slots.length; at += 2) {
            action.accept(key(at), value(at));
        }
    }

    @Override
    boolean anyMatch(Predicate<? super V> predicate) {
        for (int at = 0; at < slots.length; at += 2) {
            if (predicate.test(value(at))) {
                return true;
            }
        }
        return false;
    }

    @Override
    boolean sameEntries(PersistentMap<?> other) {
        for (int at = 0; at < slots.length; at += 2) {
            if (!slots[at + 1].equals(other.get(key(at)))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (int at = 0; at < slots.length; at += 2) {
            sum += slots[at].hashCode() ^ slots[at + 1].hashCode();
        }
        return sum;
    }

    /**
     * Compares hash codes first: they stand in the keys themselves, whose characters are elsewhere
     * in memory.
     */
    private int find(String key) {
        int hash = key.hashCode();
        for (int at = 0; at < slots.length; at += 2) {
            String other = key(at);
            if (hash == other.hashCode() && key.equals(other)) {
                return at;
            }
        }
        return ABSENT;
    }

    private String key(int at) {
        return (String) slots[at];
    }

    @SuppressWarnings("unchecked")
    private V value(int at) {
        return (V) slots[at + 1];
    }
}
