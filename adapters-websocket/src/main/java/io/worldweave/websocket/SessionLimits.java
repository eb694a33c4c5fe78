package io.worldweave.websocket;

import java.time.Duration;

/**
 * Limits of sessions.
 *
 * @param messageBytes longest message of a client; a longer one is answered with an error
 * @param messagesPerSecond messages of one session in a second, on average; one more is answered
 *     with an error
 * @param replies answers that may wait for a client; one that lets more wait is closed as stalled
 * @param ping how often a client is pinged; shorter than {@code idle}
 * @param idle a client of which nothing was heard for so long, no pong either, is closed
 * @param write how long one message may take to be written; then the connection is cut off
 */
public record SessionLimits(
        int messageBytes,
        int messagesPerSecond,
        int replies,
        Duration ping,
        Duration idle,
        Duration write) {
    public SessionLimits {
        if (messageBytes < 1 || messagesPerSecond < 1 || replies < 1) {
            throw new IllegalArgumentException("the limits of sessions are positive numbers");
        }
        if (!ping.isPositive() || !idle.isPositive() || !write.isPositive()) {
            throw new IllegalArgumentException(
                    "the times of sessions are positive: " + ping + ", " + idle + ", " + write);
        }
        if (ping.compareTo(idle) >= 0) {
            throw new IllegalArgumentException(
                    "ping is %s, and must be shorter than idle, which is %s: a quiet client is heard of by its pongs alone."
                            .formatted(ping, idle));
        }
    }
}
