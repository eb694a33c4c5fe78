package io.worldweave.domain.json;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A large map: a hash trie whose entries bear the turn at which their key came.
 *
 * <p>Order costs a number for each entry and no second structure: what changes a map pays nothing
 * for it, and what goes through all of it lays the entries out by their turns, or sorts them where
 * most turns are gone.
 */
final class TrieMap<V> extends PersistentMap<V> {
    /** With so few entries left a map is flat again; far from its limit, so that it stays so. */
    private static final int FLAT_AGAIN = FlatMap.LIMIT / 2;

    /** With so many turns for each entry that is left, sorting is cheaper than laying out. */
    private static final long SPARSE = 4;

    private static final TrieMap<?> NONE = new TrieMap<>(0, 0, TrieNode.empty());

    private final int size;
    private final long nextTurn;
    private final TrieNode<V> root;

    private TrieMap(int size, long nextTurn, TrieNode<V> root) {
        this.size = size;
        this.nextTurn = nextTurn;
        this.root = root;
    }

    /** Returns the map to begin with; outside this package an empty map is flat. */
    @SuppressWarnings("unchecked")
    static <V> TrieMap<V> none() {
        return (TrieMap<V>) NONE;
    }

    static <V> TrieMap<V> copy(Map<String, ? extends V> map) {
        TrieMap<V> trie = none();
        for (Map.Entry<String, ? extends V> entry : map.entrySet()) {
            trie = trie.with(entry.getKey(), entry.getValue());
        }
        return trie;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable V get(String key) {
        TrieNode.Entry<V> entry = root.find(key);
        return entry == null ? null : entry.value();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // what it saves is a copy; to compare would cost more
    public TrieMap<V> with(String key, V value) {
        TrieNode.Entry<V> there = root.find(key);
        if (there == null) {
            TrieNode.Entry<V> entry = new TrieNode.Entry<>(key, value, nextTurn);
            return new TrieMap<>(size + 1, nextTurn + 1, root.with(entry, 0));
        }
        if (there.value() == value) {
            return this;
        }
        TrieNode.Entry<V> entry = new TrieNode.Entry<>(there.key(), value, there.turn());
        return new TrieMap<>(size, nextTurn, root.with(entry, 0));
    }

    @Override
    public PersistentMap<V> without(String key) {
        if (root.find(key) == null) {
            return this;
        }
        if (size - 1 <= FLAT_AGAIN) {
            return FlatMap.<V>of(inOrder()).without(key);
        }
        return new TrieMap<>(size - 1, nextTurn, root.without(key));
    }

    @Override
    public void forEach(BiConsumer<String, V> action) {
        for (TrieNode.Entry<V> entry : inOrder()) {
            action.accept(entry.key(), entry.value());
        }
    }

    private TrieNode.Entry<V>[] inOrder() {
        TrieNode.Entry<V>[] entries = root.entries(size);
        if (nextTurn > SPARSE * size) {
            Arrays.sort(entries, Comparator.comparingLong(TrieNode.Entry::turn));
            return entries;
        }
        @SuppressWarnings({"unchecked", "rawtypes"})
        TrieNode.@Nullable Entry<V>[] byTurn = new TrieNode.Entry[(int) nextTurn];
        for (TrieNode.Entry<V> entry : entries) {
            byTurn[(int) entry.turn()] = entry;
        }
        int at = 0;
        for (TrieNode.@Nullable Entry<V> entry : byTurn) {
            if (entry != null) {
                entries[at++] = entry;
            }
        }
        return entries;
    }

    @Override
    boolean anyMatch(Predicate<? super V> predicate) {
        for (TrieNode.Entry<V> entry : root.entries(size)) {
            if (predicate.test(entry.value())) {
                return true;
            }
        }
        return false;
    }

    @Override
    boolean sameEntries(PersistentMap<?> other) {
        return switch (other) {
            case TrieMap<?> trie -> root.sameEntries(trie.root);
            case FlatMap<?> flat -> flat.sameEntries(this);
        };
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (TrieNode.Entry<V> entry : root.entries(size)) {
            sum += entry.key().hashCode() ^ entry.value().hashCode();
        }
        return sum;
    }
}
