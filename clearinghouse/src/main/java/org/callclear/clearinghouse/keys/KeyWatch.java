package org.callclear.clearinghouse.keys;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningKeys;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private keys, taken over anew when they change where they are kept. What cannot be used, damaged, half-written or
 * open to others, is an error in the log, said once, and the keys from before go on; it is tried again until it is good.
 */
public final class KeyWatch implements Supplier<SigningKeys>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final SigningKeySource.Reader reader;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("clearinghouse-keys").factory());
    private volatile SigningKeys keys;
    private String stamp;
    private @Nullable String complaint;

    private KeyWatch(SigningKeySource.Reader reader) {
        this.reader = reader;
        this.stamp = reader.stamp(); // before the keys: a change in between is seen again
        this.keys = reader.read();
    }

    /**
     * Reads the keys and begins to watch them.
     *
     * @throws UncheckedIOException with one line that names the place, when they cannot be used now
     */
    public static KeyWatch start(SigningKeySource source) {
        KeyWatch watch = new KeyWatch(source.reader());
        var unused = watch.thread.scheduleWithFixedDelay(
                watch::lookAndCarryOn, LOOK_AGAIN.toMillis(), LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** A watch that looks only when it is told to. */
    static KeyWatch still(SigningKeySource source) {
        return new KeyWatch(source.reader());
    }

    @Override
    public SigningKeys get() {
        return keys;
    }

    private void lookAndCarryOn() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("token keys could not be looked at; those from before go on", e); // and the next look must come
        }
    }

    void look() {
        String now = reader.stamp();
        if (now.equals(stamp) && complaint == null) {
            return;
        }
        try {
            SigningKeys next = reader.read();
            stamp = now;
            complaint = null;
            take(next);
        } catch (UncheckedIOException e) {
            String why = String.valueOf(e.getMessage());
            if (!why.equals(complaint)) {
                LOG.error("{}; the keys from before go on", why);
            }
            complaint = why;
        }
    }

    private void take(SigningKeys next) {
        List<String> before = keys.keyIds();
        List<String> come = new ArrayList<>(next.keyIds());
        come.removeAll(before);
        List<String> gone = new ArrayList<>(before);
        gone.removeAll(next.keyIds());
        keys = next;
        if (!come.isEmpty() || !gone.isEmpty()) {
            LOG.info("token keys: new {}, gone {}; a new one signs for a gateway that believes it", come, gone);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
