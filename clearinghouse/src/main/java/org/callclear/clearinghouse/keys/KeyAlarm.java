package org.callclear.clearinghouse.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.callclear.clearinghouse.reference.PublishedKey;
import org.callclear.clearinghouse.reference.ReferenceSnapshot;
import org.callclear.tokens.SigningKeys;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once a day, when the keys that tokens can be signed with come to an end within {@link #AHEAD}, or leave a gap
 * before then: from that moment on every call is denied, and nothing else would say so before.
 */
public final class KeyAlarm implements AutoCloseable {
    /** So long before the end people are told. */
    static final Duration AHEAD = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(KeyAlarm.class);
    private static final Duration AGAIN_AFTER = Duration.ofDays(1);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Supplier<SigningKeys> keys;
    private final Supplier<ReferenceSnapshot> reference;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("clearinghouse-key-alarm").factory());
    private @Nullable Instant warned;

    /**
     * An alarm that looks only when it is told to.
     *
     * @param keys the private keys
     * @param reference what token-keys says of them
     */
    KeyAlarm(Supplier<SigningKeys> keys, Supplier<ReferenceSnapshot> reference, InstantSource clock) {
        this.keys = keys;
        this.reference = reference;
        this.clock = clock;
    }

    /** Looks now, and every minute. */
    public static KeyAlarm start(
            Supplier<SigningKeys> keys, Supplier<ReferenceSnapshot> reference, InstantSource clock) {
        KeyAlarm alarm = new KeyAlarm(keys, reference, clock);
        var unused = alarm.thread.scheduleWithFixedDelay(
                alarm::lookAndCarryOn, 0, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        return alarm;
    }

    private void lookAndCarryOn() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("the end of the token keys could not be looked at", e); // and the next look must come
        }
    }

    void look() {
        Instant now = clock.instant();
        Instant end = end(now);
        if (!end.isBefore(now.plus(AHEAD))) {
            warned = null;
        } else if (warned == null || !now.isBefore(warned.plus(AGAIN_AFTER))) {
            warned = now;
            LOG.warn(
                    "no token key lasts {} days more: from {} on every call is denied; `keys rotate` makes another",
                    AHEAD.toDays(),
                    end);
        }
    }

    /** Until when there is a key to sign with at every moment from now on; now when there is none. */
    private Instant end(Instant now) {
        ReferenceSnapshot snapshot = reference.get();
        List<PublishedKey> byBegin = keys.get().publicKeys().stream()
                .flatMap(own -> snapshot.tokenKey(own.getKeyId()).stream()
                        .filter(there -> !there.isRevoked() && there.isOf(own)))
                .sorted(Comparator.comparing(there -> there.key().getNotBefore()))
                .toList();
        Instant end = now;
        for (PublishedKey key : byBegin) {
            if (!key.key().getNotBefore().isAfter(end) && key.notAfter().isAfter(end)) {
                end = key.notAfter();
            }
        }
        return end;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
