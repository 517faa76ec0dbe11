package org.callclear.sip.agent;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.callclear.sip.transport.Limits;
import org.callclear.sip.transport.Network;

/**
 * How many answers those get who have not shown who they are: so many a second for one address, so many for all. An
 * address from which a caller has shown it, or at which an INVITE of ours was answered, is no stranger any more, so a flood
 * in anybody else's name takes nothing from it. Both tables are bounded: who was not heard of for longest is forgotten. On
 * the loop only.
 */
final class Strangers {
    static final int MOST_SOURCES = 10_000;

    /** Seconds of its rate that a bucket holds. */
    private static final int DEPTH = 2;

    /** Tokens, filled as time goes by. */
    private static final class Bucket {
        private final double rate;
        private double tokens;
        private long at;

        Bucket(int rate, long now) {
            this.rate = rate;
            this.tokens = (double) rate * DEPTH;
            this.at = now;
        }

        boolean has(long now) {
            double seconds = (double) (now - at) / TimeUnit.SECONDS.toNanos(1);
            tokens = Math.min(rate * DEPTH, tokens + seconds * rate);
            at = now;
            return tokens >= 1;
        }

        void take() {
            tokens--;
        }
    }

    /** A table that forgets whoever was not asked for longest. */
    private static final class Recent<V> extends LinkedHashMap<Network, V> {
        private static final long serialVersionUID = 1;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Network, V> eldest) {
            return size() > MOST_SOURCES;
        }
    }

    private final LongSupplier nanos;
    private final int each;
    private final Bucket all;
    private final Map<Network, Bucket> sources = new Recent<>();
    private final Map<Network, Boolean> known = new Recent<>();

    /** @param nanos a clock as of {@link System#nanoTime} */
    Strangers(Limits limits, LongSupplier nanos) {
        this.nanos = nanos;
        this.each = limits.answers().perPeer();
        this.all = new Bucket(limits.answers().inAll(), nanos.getAsLong());
    }

    /** Whether this address may be answered once more. */
    boolean admits(InetAddress source) {
        Network network = Network.of(source);
        if (known.get(network) != null) {
            return true;
        }
        long now = nanos.getAsLong();
        Bucket own = sources.computeIfAbsent(network, first -> new Bucket(each, now));
        if (!own.has(now) || !all.has(now)) {
            return false;
        }
        own.take();
        all.take();
        return true;
    }

    /** A caller at this address has shown who he is, or whom we called there has answered. */
    void vouch(InetAddress source) {
        Network network = Network.of(source);
        known.put(network, true);
        sources.remove(network);
    }

    /** How many addresses are remembered. */
    int remembered() {
        return sources.size() + known.size();
    }
}
