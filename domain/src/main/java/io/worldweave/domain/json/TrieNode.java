package io.worldweave.domain.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of a hash trie: up to 64 slots, of which only those in use are there; a bit in the map
 * says which. A slot holds an entry, or a node where several entries go the same way.
 *
 * <p>What is removed leaves no trace: a node never holds a single entry, but at the root. So tries
 * with the same keys have the same shape, and are compared node by node; what they share is not
 * looked at.
 */
final class TrieNode<V> {
    /**
     * A key and its value.
     *
     * @param turn when the key came, compared with those of the other keys of the map
     */
    record Entry<V>(String key, V value, long turn) {}

    private static final TrieNode<?> EMPTY = new TrieNode<>(0, new Object[0]);

    private final long map;
    private final Object[] slots;

    private TrieNode(long map, Object[] slots) {
        this.map = map;
        this.slots = slots;
    }

    @SuppressWarnings("unchecked")
    static <V> TrieNode<V> empty() {
        return (TrieNode<V>) EMPTY;
    }

    @Nullable Entry<V> find(String key) {
        TrieNode<V> node = this;
        for (int level = 0; ; level++) {
            long bit = 1L << KeyPath.way(key, level);
            if ((node.map & bit) == 0) {
                return null;
            }
            Object there = node.slots[node.slot(bit)];
            if (there instanceof TrieNode<?>) {
                node = node(there);
            } else {
                Entry<V> entry = entry(there);
                return entry.key.equals(key) ? entry : null;
            }
        }
    }

    /** Returns this node, which is at that level, with the entry added or in place of its key's. */
    TrieNode<V> with(Entry<V> entry, int level) {
        long bit = 1L << KeyPath.way(entry.key, level);
        int at = slot(bit);
        if ((map & bit) == 0) {
            return new TrieNode<>(map | bit, inserted(at, entry));
        }
        Object there = slots[at];
        if (there instanceof TrieNode<?>) {
            return new TrieNode<>(map, replaced(at, node(there).with(entry, level + 1)));
        }
        Entry<V> old = entry(there);
        return new TrieNode<>(
                map, replaced(at, old.key.equals(entry.key) ? entry : pair(old, entry, level + 1)));
    }

    private static <V> TrieNode<V> pair(Entry<V> one, Entry<V> other, int level) {
        return TrieNode.<V>empty().with(one, level).with(other, level);
    }

    /** Returns this root without the key, which it holds beside at least one other. */
    TrieNode<V> without(String key) {
        Object left = without(key, 0);
        return left instanceof TrieNode<?> ? node(left) : TrieNode.<V>empty().with(entry(left), 0);
    }

    /** Returns what is left: a node, or the entry if it is one alone. */
    private Object without(String key, int level) {
        long bit = 1L << KeyPath.way(key, level);
        int at = slot(bit);
        if (slots[at] instanceof TrieNode<?>) {
            Object left = node(slots[at]).without(key, level + 1);
            return slots.length == 1 && left instanceof Entry<?>
                    ? left
                    : new TrieNode<V>(map, replaced(at, left));
        }
        return slots.length == 2 && slots[1 - at] instanceof Entry<?>
                ? slots[1 - at]
                : new TrieNode<V>(map ^ bit, removed(at));
    }

    /** Returns all {@code size} entries, in no order that means anything. */
    Entry<V>[] entries(int size) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Entry<V>[] entries = new Entry[size];
        fill(entries, 0);
        return entries;
    }

    private int fill(Entry<V>[] entries, int from) {
        int at = from;
        for (Object slot : slots) {
            if (slot instanceof TrieNode<?>) {
                at = node(slot).fill(entries, at);
            } else {
                entries[at++] = entry(slot);
            }
        }
        return at;
    }

    boolean sameEntries(TrieNode<?> other) {
        if (this == other) {
            return true;
        }
        if (map != other.map) {
            return false;
        }
        for (int i = 0; i < slots.length; i++) {
            if (!sameSlot(slots[i], other.slots[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameSlot(Object one, Object other) {
        if (one instanceof TrieNode<?> node) {
            return other instanceof TrieNode<?> otherNode && node.sameEntries(otherNode);
        }
        return one instanceof Entry<?> entry
                && other instanceof Entry<?> otherEntry
                && entry.key.equals(otherEntry.key)
                && entry.value.equals(otherEntry.value);
    }

    private int slot(long bit) {
        return Long.bitCount(map & (bit - 1));
    }

    private Object[] inserted(int at, Object slot) {
        Object[] copy = new Object[slots.length + 1];
        System.arraycopy(slots, 0, copy, 0, at);
        copy[at] = slot;
        System.arraycopy(slots, at, copy, at + 1, slots.length - at);
        return copy;
    }

    private Object[] replaced(int at, Object slot) {
        Object[] copy = Arrays.copyOf(slots, slots.length);
        copy[at] = slot;
        return copy;
    }

    private Object[] removed(int at) {
        Object[] copy = new Object[slots.length - 1];
        System.arraycopy(slots, 0, copy, 0, at);
        System.arraycopy(slots, at + 1, copy, at, copy.length - at);
        return copy;
    }

    @SuppressWarnings("unchecked")
    private TrieNode<V> node(Object slot) {
        return (TrieNode<V>) slot;
    }

    @SuppressWarnings("unchecked")
    private Entry<V> entry(Object slot) {
        return (Entry<V>) slot;
    }
}
