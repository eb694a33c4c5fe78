package io.worldweave.bench.state;

import io.worldweave.domain.json.PersistentMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.organicdesign.fp.collections.PersistentHashMap;
import org.pcollections.HashTreePMap;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;

/**
 * A kind of map that the tree of a world could be made of; maps are passed as objects, so that one
 * benchmark drives all kinds.
 */
public enum Candidate {
    /** The map that the domain has. */
    OURS(true) {
        @Override
        Object empty() {
            return PersistentMap.empty();
        }

        @Override
        Object get(Object map, String key) {
            return Objects.requireNonNull(Candidate.<PersistentMap<Object>>cast(map).get(key));
        }

        @Override
        Object with(Object map, String key, Object value) {
            return Candidate.<PersistentMap<Object>>cast(map).with(key, value);
        }

        @Override
        Object without(Object map, String key) {
            return Candidate.<PersistentMap<Object>>cast(map).without(key);
        }
    },
    /** A copy for each change. */
    COPYING(true) {
        @Override
        Object empty() {
            return new LinkedHashMap<String, Object>();
        }

        @Override
        Object copyOf(Map<String, Object> entries) {
            return entries;
        }

        @Override
        Object get(Object map, String key) {
            return Objects.requireNonNull(Candidate.<Map<String, Object>>cast(map).get(key));
        }

        @Override
        Object with(Object map, String key, Object value) {
            Map<String, Object> copy =
                    new LinkedHashMap<>(Candidate.<Map<String, Object>>cast(map));
            copy.put(key, value);
            return copy;
        }

        @Override
        Object without(Object map, String key) {
            Map<String, Object> copy =
                    new LinkedHashMap<>(Candidate.<Map<String, Object>>cast(map));
            copy.remove(key);
            return copy;
        }
    },
    VAVR_LINKED_HASH_MAP(true) {
        @Override
        Object empty() {
            return io.vavr.collection.LinkedHashMap.<String, Object>empty();
        }
    },
    VAVR_HASH_MAP(false) {
        @Override
        Object empty() {
            return io.vavr.collection.HashMap.<String, Object>empty();
        }
    },
    VAVR_TREE_MAP(false) {
        @Override
        Object empty() {
            return io.vavr.collection.TreeMap.<String, Object>empty();
        }
    },
    PCOLLECTIONS_ORDERED(true) {
        @Override
        Object empty() {
            return OrderedPMap.<String, Object>empty();
        }

        @Override
        Object get(Object map, String key) {
            return Objects.requireNonNull(Candidate.<PMap<String, Object>>cast(map).get(key));
        }

        @Override
        Object with(Object map, String key, Object value) {
            return Candidate.<PMap<String, Object>>cast(map).plus(key, value);
        }

        @Override
        Object without(Object map, String key) {
            return Candidate.<PMap<String, Object>>cast(map).minus(key);
        }
    },
    PCOLLECTIONS_HASH(false) {
        @Override
        Object empty() {
            return HashTreePMap.<String, Object>empty();
        }

        @Override
        Object get(Object map, String key) {
            return PCOLLECTIONS_ORDERED.get(map, key);
        }

        @Override
        Object with(Object map, String key, Object value) {
            return PCOLLECTIONS_ORDERED.with(map, key, value);
        }

        @Override
        Object without(Object map, String key) {
            return PCOLLECTIONS_ORDERED.without(map, key);
        }
    },
    PAGURO_HASH(false) {
        @Override
        Object empty() {
            return PersistentHashMap.<String, Object>empty();
        }

        @Override
        Object get(Object map, String key) {
            return Objects.requireNonNull(
                    Candidate.<PersistentHashMap<String, Object>>cast(map).get(key));
        }

        @Override
        Object with(Object map, String key, Object value) {
            return Candidate.<PersistentHashMap<String, Object>>cast(map).assoc(key, value);
        }

        @Override
        Object without(Object map, String key) {
            return Candidate.<PersistentHashMap<String, Object>>cast(map).without(key);
        }
    };

    private final boolean ordered;

    Candidate(boolean ordered) {
        this.ordered = ordered;
    }

    /** Returns whether it keeps the order in which keys came. */
    boolean ordered() {
        return ordered;
    }

    abstract Object empty();

    Object get(Object map, String key) {
        return Candidate.<io.vavr.collection.Map<String, Object>>cast(map).get(key).get();
    }

    Object with(Object map, String key, Object value) {
        return Candidate.<io.vavr.collection.Map<String, Object>>cast(map).put(key, value);
    }

    Object without(Object map, String key) {
        return Candidate.<io.vavr.collection.Map<String, Object>>cast(map).remove(key);
    }

    /** Returns a map of the entries, however it is built fastest. */
    Object copyOf(Map<String, Object> entries) {
        Object map = empty();
        for (Map.Entry<String, Object> entry : entries.entrySet()) {
            map = with(map, entry.getKey(), entry.getValue());
        }
        return map;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T cast(Object map) {
        return (T) map;
    }
}
