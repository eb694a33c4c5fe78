package io.worldweave.domain.json;

import java.security.SecureRandom;

/**
 * Which of 64 ways a key goes at each level of a hash trie.
 *
 * <p>The first levels spend the key's own hash code, which text keeps. Anyone can make keys of
 * equal hash codes; where they would go on together, each further {@value #SECRET_LEVELS} levels
 * spend a hash with a factor that was drawn at random when the program began: the key as a
 * polynomial over the field of 2^61 - 1 elements, which is the same for two keys of at most n
 * characters with a probability of n / 2^61, whoever chose them. So paths of hostile keys part like
 * those of others, a few levels further down, and no two keys go the same way for ever.
 */
final class KeyPath {
    private static final int BITS = 6;
    private static final int OPEN_LEVELS = 6;
    private static final int SECRET_LEVELS = 10;
    private static final long PRIME = (1L << 61) - 1;
    private static final long SECRET = new SecureRandom().nextLong();

    private KeyPath() {}

    /** Returns 0 to 63. */
    static int way(String key, int level) {
        if (level < OPEN_LEVELS) {
            return (spread(key.hashCode()) >>> (BITS * level)) & 63;
        }
        int below = level - OPEN_LEVELS;
        long hash = secretHash(key, below / SECRET_LEVELS);
        return (int) (hash >>> (BITS * (below % SECRET_LEVELS))) & 63;
    }

    /** Lets each bit count for each other, one to one; ids that count up differ in few. */
    private static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }

    private static long secretHash(String key, int round) {
        long factor = 1 + Long.remainderUnsigned(spread(SECRET + round), PRIME - 1);
        long hash = 0;
        for (int i = 0; i < key.length(); i++) {
            hash = remainder(hash, factor, key.charAt(i) + 1);
        }
        return spread(hash + SECRET);
    }

    /** Returns {@code a * b + c} modulo the prime, for a and b below it. */
    private static long remainder(long a, long b, int c) {
        long low = a * b;
        long sum = (low & PRIME) + ((low >>> 61) | (Math.multiplyHigh(a, b) << 3)) + c;
        long folded = (sum & PRIME) + (sum >>> 61);
        return folded >= PRIME ? folded - PRIME : folded;
    }

    private static long spread(long hash) {
        long mixed = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
