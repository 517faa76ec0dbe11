package org.callclear.gateways.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.ReplayMemory.Use;
import org.callclear.tokens.TokenVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Some instances of a gateway and the log they share, with everything that can go wrong chosen by a seed: claims that
 * arrive late or never, instances that read far behind, die and come back, clocks that jump, a log that loses its front
 * by age or by accident. A new process leaves unread what is too old by its own clock. Issuer and broker share a clock.
 */
final class Machines {
    private static final int INSTANCES = 3;
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final Duration KEPT = Duration.ofHours(2);
    private static final Duration LOOK_BACK = LIFE.plus(TokenVerifier.SKEW.multipliedBy(2));

    private final Random random;
    private final int most;
    private final List<Stamped> log = new ArrayList<>();
    private final List<Instance> instances = new ArrayList<>();
    private final List<Token> tokens = new ArrayList<>();
    private final Map<TransactionId, Integer> uses = new HashMap<>();
    private Instant brokerNow = Instant.parse("2026-11-28T12:00:00.250Z");
    private int front;
    private long processes;

    /** A token that was issued. */
    record Token(TransactionId id, Instant issued, Instant expires) {}

    /** A record of the log; no claim when it is a mark. One instance may lack what it takes to read it; -1 for none. */
    private record Stamped(ClaimFold.@Nullable Claim claim, Instant at, int notReadBy) {}

    Machines(long seed, int most) {
        this.random = new Random(seed);
        this.most = most;
        for (int i = 0; i < INSTANCES; i++) {
            instances.add(new Instance(i));
        }
    }

    private final class Instance {
        private final int number;
        private long process;
        private ClaimFold fold;
        private int position;
        private Duration clockError = Duration.ZERO;
        private final Deque<ClaimFold.Claim> onTheWay = new ArrayDeque<>();
        private final Map<Long, TransactionId> open = new HashMap<>();

        @SuppressWarnings("NullAway.Init")
        Instance(int number) {
            this.number = number;
            restart();
        }

        /** Dies and comes back, as one does that reads the whole log first. What it had sent may still arrive. */
        void restart() {
            process = ++processes;
            fold = new ClaimFold(process, KEPT, most);
            open.clear();
            begin();
            log.add(new Stamped(null, brokerNow, -1));
            int until = log.size();
            while (position < until) {
                readNext();
            }
        }

        private void begin() {
            Instant from = now().minus(LOOK_BACK);
            position = front;
            for (int i = front; i < log.size(); i++) {
                if (!log.get(i).at().isBefore(from)) {
                    position = i;
                    break;
                }
            }
            if (position > front) {
                fold.beginInTheMiddle();
            }
        }

        Instant now() {
            return brokerNow.plus(clockError);
        }

        void present(Token token) {
            boolean mayBeUsed = now().minus(TokenVerifier.SKEW).isBefore(token.expires())
                    && !now().plus(TokenVerifier.SKEW).isBefore(token.issued());
            if (mayBeUsed
                    && fold.wish(token.id(), token.issued(), token.expires())
                            instanceof ClaimFold.Wish.Claimed claimed) {
                open.put(claimed.number(), token.id());
                onTheWay.add(new ClaimFold.Claim(token.id(), token.expires(), process, claimed.number()));
            }
        }

        void arriveOrGetLost() {
            ClaimFold.Claim claim = random.nextBoolean() ? onTheWay.pollFirst() : onTheWay.pollLast();
            if (claim != null && random.nextInt(20) != 0) {
                log.add(new Stamped(claim, brokerNow, random.nextInt(200) - 200 + INSTANCES));
            }
        }

        void readNext() {
            if (position >= log.size()) {
                return;
            }
            Stamped next = log.get(position++);
            if (next.notReadBy() == number) {
                fold.unreadable(next.at(), now());
            } else if (next.claim() == null) {
                fold.reached(next.at(), now());
            } else {
                fold.read(next.claim(), next.at(), now()).ifPresent(this::decided);
            }
        }

        private void decided(ClaimFold.Decided decided) {
            TransactionId id = open.remove(decided.number());
            if (id != null && decided.use() == Use.FIRST) {
                uses.merge(id, 1, Integer::sum);
            }
        }

        void giveUpOne() {
            open.keySet().stream().findFirst().ifPresent(number -> {
                TransactionId id = open.remove(number);
                fold.giveUp(java.util.Objects.requireNonNull(id), number);
            });
        }
    }

    /** One thing happens. */
    void step() {
        Instance one = instances.get(random.nextInt(INSTANCES));
        switch (random.nextInt(24)) {
            case 0, 1 -> issue();
            case 2, 3, 4, 5 -> presentSome(one);
            case 6, 7, 8, 9 -> one.arriveOrGetLost();
            case 10, 11, 12, 13, 14, 15 -> one.readNext();
            case 16, 17 -> brokerNow = brokerNow.plusMillis(random.nextInt(4_000));
            case 18 -> one.giveUpOne();
            case 19 -> rarely(10, one::restart);
            case 20 -> rarely(10, () -> one.clockError = Duration.ofSeconds(random.nextInt(14_400) - 7_200L));
            case 21 -> one.clockError = Duration.ZERO;
            case 22 -> rarely(20, this::loseFrontByAge);
            default -> rarely(60, this::loseFrontByAccident);
        }
    }

    private void rarely(int oneIn, Runnable what) {
        if (random.nextInt(oneIn) == 0) {
            what.run();
        }
    }

    private void issue() {
        Instant second = Instant.ofEpochSecond(brokerNow.getEpochSecond());
        TransactionId id = new TransactionId("%032x".formatted(tokens.size()));
        tokens.add(new Token(id, second, second.plus(LIFE)));
    }

    /** Mostly a young token, now and then any, as whoever replays would. */
    private void presentSome(Instance one) {
        if (!tokens.isEmpty()) {
            int back = random.nextInt(random.nextInt(8) == 0 ? tokens.size() : Math.min(8, tokens.size()));
            one.present(tokens.get(tokens.size() - 1 - back));
        }
    }

    private void loseFrontByAge() {
        brokerNow = brokerNow.plus(KEPT);
        front = log.size();
    }

    /** Somebody deletes records that are needed. Running instances have read them, as the front they read is behind. */
    private void loseFrontByAccident() {
        int slowest = instances.stream().mapToInt(i -> i.position).min().orElse(0);
        front = Math.max(front, slowest);
    }

    /** How often each token that was used at all was used. */
    Map<TransactionId, Integer> uses() {
        return Map.copyOf(uses);
    }
}
