package org.callclear.gateways.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.RememberedTokens;
import org.callclear.tokens.RememberedTokens.Knowledge;
import org.callclear.tokens.ReplayMemory.Use;
import org.callclear.tokens.TokenVerifier;

/**
 * The used tokens as the log tells them: of all claims to a token the first in the log's order holds, and whoever wrote
 * it may use the token. All instances read the same order, so at most one of them says yes, whatever they know of each
 * other. A fold: no clock, thread or Kafka. Not thread-safe.
 *
 * <p><b>What the log no longer tells.</b> Records leave a log at its front: by retention, by an administrator, or with
 * the whole topic. A claim that is gone was written before the first record that is left, and its token issued before
 * that. So a token issued before the first record that was read here is never used, and nothing depends on how long the
 * log keeps its records, only how often a token is refused that might be good. The same holds for what is left unread
 * of the log's front because all tokens claimed there have expired; as that is the ordinary case, not even two clocks
 * that are apart may open a gap there.
 *
 * <p><b>When a token is forgotten.</b> When both the gateway's clock and the log's (the broker's stamps) say that it
 * expired longer ago than clocks may be apart. One clock that jumps ahead makes nothing be forgotten; what was forgotten
 * stays refused when the clocks are set back.
 */
final class ClaimFold {
    private final long process;
    private final Duration kept;
    private final int most;
    private final RememberedTokens used;
    private final Map<TransactionId, Open> open = new HashMap<>();
    private Duration margin = Duration.ZERO;
    private Instant logBegan = Instant.MAX;
    private Instant logTime = Instant.MIN;
    private long last;

    /** A claim of this process that is not decided. */
    private record Open(long number, Instant issued) {}

    /** A claim as it stands in the log. */
    record Claim(TransactionId id, Instant expires, long process, long number) {}

    /** What becomes of the wish to use a token. */
    sealed interface Wish {
        /** A claim with this number is to be written. */
        record Claimed(long number) implements Wish {}

        /** Nothing is to be written. */
        record Answered(Use use) implements Wish {}
    }

    /** A claim of this process is decided. */
    record Decided(long number, Use use) {}

    /**
     * @param process number of this process, which no other has
     * @param kept how long the log keeps a record at least, by its own clock
     * @param most tokens remembered at most
     */
    ClaimFold(long process, Duration kept, int most) {
        this.process = process;
        this.kept = kept;
        this.most = most;
        this.used = new RememberedTokens(most);
    }

    /** This process wishes to use a token. */
    Wish wish(TransactionId id, Instant issued, Instant expires) {
        Knowledge known = used.of(id, expires);
        if (known == Knowledge.USED || open.containsKey(id)) {
            return new Wish.Answered(Use.REPEATED);
        }
        if (known == Knowledge.UNSURE || issued.isBefore(logBegan) || used.size() + open.size() >= most) {
            return new Wish.Answered(Use.UNCONFIRMED);
        }
        open.put(id, new Open(++last, issued));
        return new Wish.Claimed(last);
    }

    /** Nobody waits for this claim any more. It may be in the log, or come there: the token stays used. */
    void giveUp(TransactionId id, long number) {
        Open mine = open.get(id);
        if (mine != null && mine.number() == number) {
            open.remove(id);
        }
    }

    /**
     * The next claim in the log, of whatever process.
     *
     * @param stamped the log's clock when it took the claim
     * @param now the gateway's clock
     * @return the claim of this process that is decided by it
     */
    Optional<Decided> read(Claim claim, Instant stamped, Instant now) {
        reached(stamped, now);
        Knowledge before = used.add(claim.id(), claim.expires());
        Open mine = open.remove(claim.id());
        return mine == null
                ? Optional.empty()
                : Optional.of(new Decided(mine.number(), decide(claim, mine, before, stamped)));
    }

    private Use decide(Claim claim, Open mine, Knowledge before, Instant stamped) {
        if (before == Knowledge.USED || claim.process() != process || claim.number() != mine.number()) {
            return Use.REPEATED;
        }
        boolean outlivesTheLog = claim.expires().plus(TokenVerifier.SKEW).isAfter(stamped.plus(kept));
        return before == Knowledge.UNSURE || mine.issued().isBefore(logBegan) || outlivesTheLog
                ? Use.UNCONFIRMED
                : Use.FIRST;
    }

    /** What comes next is not the first record of the log: the front is left unread. */
    void beginInTheMiddle() {
        margin = TokenVerifier.SKEW.multipliedBy(2);
    }

    /** The log has come to here. */
    void reached(Instant stamped, Instant now) {
        if (logBegan.equals(Instant.MAX)) {
            logBegan = stamped.plus(margin);
        }
        logTime = stamped.isAfter(logTime) ? stamped : logTime;
        used.forget((now.isBefore(logTime) ? now : logTime).minus(TokenVerifier.SKEW));
    }

    /** A record that cannot be read: a claim to any token that was issued before it, so the log begins behind it. */
    void unreadable(Instant stamped, Instant now) {
        reached(stamped, now);
        logBegan = stamped.isAfter(logBegan) ? stamped : logBegan;
    }

    /** How many tokens are remembered. */
    int size() {
        return used.size();
    }
}
