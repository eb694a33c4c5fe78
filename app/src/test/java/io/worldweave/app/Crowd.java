package io.worldweave.app;

import io.worldweave.domain.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Players in one zone, each of whom takes and drops an item of its own at a steady pace, and what
 * all of them are told.
 */
final class Crowd implements AutoCloseable {
    private static final String SPOT =
            "locations.woander_store.areas.display_shelf.spots.spot_1.items";

    private final RunningServer server;
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Long> sentNanos = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<Long> own = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Long> others = new ConcurrentLinkedQueue<>();
    final AtomicInteger actions = new AtomicInteger();
    final AtomicInteger answers = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger leaks = new AtomicInteger();

    /** One player. */
    final class Member {
        final String user;
        final SessionReplica replica = new SessionReplica();
        final SessionReader session;

        Member(String user) {
            this.user = user;
            this.session =
                    SessionReader.listen(
                            server,
                            "/ws/experience?experience=wylding-woods",
                            Keys.of(user),
                            this::take);
        }

        private void take(JsonObject message) {
            long now = System.nanoTime();
            String type = message.text("type", "");
            if (type.equals("world_update")) {
                String actor = message.text("user_id", "");
                Long sent = sentNanos.get(actor);
                boolean went = message.object("metadata").text("source", "").equals("command:go");
                if (sent != null && !went) {
                    (actor.equals(user) ? own : others).add(now - sent);
                }
                // a squashed update is nobody's alone; what a player has at the end is compared too
                boolean byAnother = !actor.isEmpty() && !actor.equals(user);
                if (byAnother && message.toString().contains("player.inventory")) {
                    leaks.incrementAndGet();
                }
            } else if (type.equals("action_response")) {
                answers.addAndGet(message.text("action", "").equals("go") ? 0 : 1);
                refused.addAndGet(message.flag("success", false) ? 0 : 1);
            }
            replica.take(message);
        }

        private void act(int round) {
            sentNanos.put(user, System.nanoTime());
            session.send(
                    "{\"type\":\"action\",\"action\":\""
                            + (round % 2 == 0 ? "collect_item" : "drop_item")
                            + "\",\"instance_id\":\"thing_of_"
                            + user
                            + "\"}");
            actions.incrementAndGet();
        }
    }

    Crowd(RunningServer server) {
        this.server = server;
    }

    /** Lets players in, each with an item on the display shelf, which may be there already. */
    void enter(int players) throws Exception {
        for (int i = members.size(); i < players; i++) {
            String user = "p" + i;
            var answer =
                    Client.of(server, Keys.ADMIN)
                            .post(
                                    "/experiences/wylding-woods/updates",
                                    "{\""
                                            + SPOT
                                            + "\":{\"$append\":{\"instance_id\":\"thing_of_"
                                            + user
                                            + "\",\"template_id\":\"dream_bottle\",\"collectible\":true,"
                                            + "\"semantic_name\":\"thing of "
                                            + user
                                            + "\"}}}");
            if (answer.statusCode() != 200 && answer.statusCode() != 422) {
                throw new AssertionError(answer.body());
            }
        }
        for (int i = members.size(); i < players; i++) {
            Member member = new Member("p" + i);
            members.add(member);
            member.session.awaitOpen();
            member.session.send(
                    "{\"type\":\"action\",\"action\":\"go\",\"destination\":\"display_shelf\"}");
        }
    }

    /** Lets everybody act twice a second for so long. */
    void play(Duration duration) throws InterruptedException {
        int rounds = Math.toIntExact(duration.toMillis() / 500);
        long begin = System.nanoTime();
        CountDownLatch done = new CountDownLatch(members.size());
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            long offset = 500_000_000L * i / members.size();
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            for (int round = 0; round < rounds; round++) {
                                long due = begin + offset + 500_000_000L * round;
                                LockSupport.parkNanos(due - System.nanoTime());
                                member.act(round);
                            }
                        } finally {
                            done.countDown();
                        }
                    });
        }
        done.await();
    }

    List<Member> members() {
        return members;
    }

    /** Returns how long it took, in milliseconds, for the given share of all. */
    static double millis(Iterable<Long> nanos, double share) {
        List<Long> all = new ArrayList<>();
        nanos.forEach(all::add);
        long[] sorted = all.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / 1e6;
    }

    static String quantiles(Iterable<Long> nanos) {
        return String.join(
                " | ",
                Arrays.stream(new double[] {0.5, 0.9, 0.99, 0.999})
                        .mapToObj(share -> "%.1f".formatted(millis(nanos, share)))
                        .toList());
    }

    @Override
    public void close() {
        members.forEach(member -> member.session.abort());
    }
}
