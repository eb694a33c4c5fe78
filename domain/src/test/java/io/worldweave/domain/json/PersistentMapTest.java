package io.worldweave.domain.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PersistentMapTest {
    private static final int STEPS = 2_000;

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, 60) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void itDoesWhatALinkedHashMapDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int keys = 1 << random.nextInt(2, 10);
        boolean hostile = random.nextBoolean();
        Map<String, Integer> model = new LinkedHashMap<>();
        PersistentMap<Integer> map = PersistentMap.empty();
        for (int step = 0; step < STEPS; step++) {
            int number = random.nextInt(keys);
            String key = hostile ? colliding(number, 9) : "key-" + number;
            if (random.nextInt(5) < (step / 500 % 2 == 0 ? 3 : 1)) {
                model.put(key, step);
                map = map.with(key, step);
            } else {
                model.remove(key);
                map = map.without(key);
            }
            assertThat(map.get(key)).isEqualTo(model.get(key));
            assertThat(map.size()).isEqualTo(model.size());
            if (step % 50 == 0) {
                sameAs(model, map);
            }
        }
        sameAs(model, map);
    }

    private static void sameAs(Map<String, Integer> model, PersistentMap<Integer> map) {
        List<Map.Entry<String, Integer>> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(Map.entry(key, value)));
        assertThat(entries).isEqualTo(new ArrayList<>(model.entrySet()));
        assertThat(map).isEqualTo(PersistentMap.copyOf(model));
        assertThat(PersistentMap.copyOf(model)).isEqualTo(map);
        assertThat(map.hashCode()).isEqualTo(model.hashCode());
        model.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void equalEntriesMakeEqualMapsHoweverTheyCame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = random.nextInt(60);
        PersistentMap<Integer> upwards = PersistentMap.empty();
        PersistentMap<Integer> downwards = PersistentMap.empty();
        for (int i = 0; i < size; i++) {
            upwards = upwards.with(colliding(i, 6), i);
            downwards = downwards.with(colliding(size - 1 - i, 6), size - 1 - i);
            downwards = downwards.with("passing", i).without("passing");
        }
        assertThat(upwards).isEqualTo(downwards).hasSameHashCodeAs(downwards);
        assertThat(upwards.with("other", 1)).isNotEqualTo(downwards);
        assertThat(upwards.with("other", 1)).isNotEqualTo(downwards.with("other", 2));
        assertThat(upwards.with("other", 1)).isNotEqualTo(downwards.with("another", 1));
    }

    @Test
    void aMapThatChangedLeavesTheOneItCameFromAsItWas() {
        PersistentMap<Integer> old = numbered(1_000);
        PersistentMap<Integer> changed = old;
        for (int i = 0; i < 1_000; i += 2) {
            changed = changed.without("key-" + i).with("new-" + i, i);
        }
        assertThat(old).isEqualTo(numbered(1_000));
        assertThat(changed).isNotEqualTo(old);
    }

    @Test
    void whatChangesNothingIsTheSameMap() {
        for (int size : new int[] {0, 3, 16, 17, 500}) {
            PersistentMap<Integer> map = numbered(size);
            assertThat(map.without("absent")).isSameAs(map);
            map.forEach((key, value) -> assertThat(map.with(key, value)).isSameAs(map));
        }
    }

    @Test
    void aKeyThatComesAgainStandsLast() {
        PersistentMap<Integer> map = numbered(40).without("key-3").with("key-3", 3);
        List<String> keys = new ArrayList<>();
        map.forEach((key, value) -> keys.add(key));
        assertThat(keys).hasSize(40).endsWith("key-39", "key-3");
    }

    /**
     * 65,536 keys of one hash code: were each compared with each, this would be two thousand
     * million comparisons, and a list of them would be too deep to walk by recursion.
     */
    @Test
    void keysOfEqualHashCodesCostWhatOthersDo() {
        int size = 1 << 16;
        Map<String, Integer> model = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            model.put(colliding(i, 16), i);
        }
        assertThat(model.keySet().stream().mapToInt(String::hashCode).distinct().count()).isOne();
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> fillAndDrain(model));
    }

    private static void fillAndDrain(Map<String, Integer> model) {
        PersistentMap<Integer> map = PersistentMap.copyOf(model);
        assertThat(map.size()).isEqualTo(model.size());
        assertThat(map).isEqualTo(PersistentMap.copyOf(model));
        for (String key : model.keySet()) {
            map = map.without(key);
        }
        assertThat(map).isEqualTo(PersistentMap.empty());
    }

    @Test
    void pathsOfKeysWithEqualHashCodesPartWithinTheFirstSecretLevels() {
        for (int i = 0; i < 1 << 12; i += 2) {
            String one = colliding(i, 12);
            String other = colliding(i + 1, 12);
            int level = 0;
            while (KeyPath.way(one, level) == KeyPath.way(other, level)) {
                level++;
            }
            assertThat(level).isBetween(6, 6 + 9);
        }
    }

    @Test
    void longKeysAndOddOnesAreKeysLikeOthers() {
        String longKey = "Aa".repeat(30_000);
        Map<String, Integer> odd = new LinkedHashMap<>();
        for (String key :
                List.of("", "\0", "\0\0", longKey, longKey + "BB", longKey + "Aa", "\uD800")) {
            odd.put(key, odd.size());
        }
        for (int i = 0; i < 30; i++) {
            odd.put("\0".repeat(i), i);
        }
        sameAs(odd, PersistentMap.copyOf(odd));
        assertThatCode(() -> PersistentMap.copyOf(odd).toString()).doesNotThrowAnyException();
    }

    private static PersistentMap<Integer> numbered(int size) {
        PersistentMap<Integer> map = PersistentMap.empty();
        for (int i = 0; i < size; i++) {
            map = map.with("key-" + i, i);
        }
        return map;
    }

    /** Returns a text per number, all of one length and of one hash code. */
    private static String colliding(int number, int bits) {
        StringBuilder text = new StringBuilder(2 * bits);
        for (int bit = 0; bit < bits; bit++) {
            text.append(((number >>> bit) & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }
}
