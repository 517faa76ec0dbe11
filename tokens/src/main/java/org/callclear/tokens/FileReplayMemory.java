package org.callclear.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.secrets.DirectoryLock;
import org.callclear.tokens.secrets.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replay memory in a directory, for one process at a time. Tokens are filed by the span of time they expire in, one
 * file a span; when all of a span have been expired for longer than the skew, its file is deleted. So neither memory nor
 * disk holds more than {@link Claims#LONGEST_LIFE} and one span of tokens.
 *
 * <p>Each yes follows a completed write to the file, so it survives the death of the process ({@code kill -9}). With the
 * power may be lost what the kernel has not yet written, seconds of it; to use that, an attacker who may write to this
 * gateway's topic must cut the power and resend within the token's life. A clock set back brings no forgotten token back
 * to life: what the memory forgot up to is in the file {@code forgotten-before}.
 */
public final class FileReplayMemory implements ReplayMemory {
    /**
     * A little more than 1,000 tokens a second of the longest life: some 4 million, in some 200 MB of memory.
     */
    public static final int USUAL_MOST = 4_000_000;

    static final Duration SPAN = Duration.ofMinutes(10);

    private static final String HORIZON = "forgotten-before";

    private static final Logger LOG = LoggerFactory.getLogger(FileReplayMemory.class);

    private final Path directory;
    private final Clock clock;
    private final int most;
    private final DirectoryLock lock;
    private final NavigableMap<Instant, ReplaySpan> spans = new TreeMap<>();
    private Instant forgottenBefore = Instant.MIN;
    private boolean closed;

    private FileReplayMemory(Path directory, Clock clock, int most, DirectoryLock lock) {
        this.directory = directory;
        this.clock = clock;
        this.most = most;
        this.lock = lock;
    }

    /** Opens or makes a memory that survives the process. */
    public static FileReplayMemory open(Path directory, Clock clock) {
        return open(directory, clock, USUAL_MOST);
    }

    /**
     * Opens a memory, or makes the directory, readable by its owner only.
     *
     * @param most how many tokens it keeps at most; when it is full, nothing is used
     * @throws UncheckedIOException naming the place and the fault: in use by another process, readable by others, or
     *     corrupt. An incomplete last line is no fault: its yes was never given.
     */
    public static FileReplayMemory open(Path directory, Clock clock, int most) {
        try {
            DirectoryLock lock = DirectoryLock.take(directory);
            try {
                var memory = new FileReplayMemory(directory, clock, most, lock);
                memory.readSpans();
                return memory;
            } catch (IOException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("replay memory " + directory + ": " + e.getMessage(), e);
        }
    }

    private void readSpans() throws IOException {
        Path horizon = directory.resolve(HORIZON);
        if (Files.exists(horizon)) {
            forgottenBefore = readHorizon(horizon);
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(ReplaySpan::isSpan).sorted().toList()) {
                ReplaySpan span = ReplaySpan.read(file);
                spans.put(span.end(), span);
            }
        } catch (IOException e) {
            for (ReplaySpan span : spans.values()) {
                span.close();
            }
            throw e;
        }
        forget(clock.instant());
    }

    @Override
    public CompletableFuture<Use> use(TransactionId id, Instant issued, Instant expires) {
        try {
            return CompletableFuture.completedFuture(firstSight(id, expires) ? Use.FIRST : Use.REPEATED);
        } catch (UncheckedIOException | IllegalStateException e) {
            LOG.error("token {} is refused, because its use cannot be remembered: {}", id, e.getMessage());
            return CompletableFuture.completedFuture(Use.UNCONFIRMED);
        }
    }

    /**
     * Whether this token is seen for the first time. A yes is given once, and only after it would be remembered by a
     * successor of this process.
     *
     * @return false when it was seen before, or expired so long ago that this memory may have forgotten it
     * @throws UncheckedIOException when it cannot be remembered; the token must then not be accepted
     */
    synchronized boolean firstSight(TransactionId id, Instant expires) {
        if (closed) {
            throw new IllegalStateException("replay memory " + directory + " is closed");
        }
        try {
            forget(clock.instant());
            if (expires.isBefore(forgottenBefore) || isKnown(id)) {
                return false;
            }
            if (size() >= most) {
                throw new IOException("it is full: " + most + " tokens that have not expired");
            }
            Instant end = spanEnd(expires);
            ReplaySpan span = spans.get(end);
            if (span == null) {
                span = ReplaySpan.create(directory, end);
                spans.put(end, span);
            }
            span.add(id, expires);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("replay memory " + directory + ": " + e.getMessage(), e);
        }
    }

    private boolean isKnown(TransactionId id) {
        for (ReplaySpan span : spans.values()) {
            if (span.contains(id)) {
                return true;
            }
        }
        return false;
    }

    /** The first instant after the span, exclusive: all that expires before it is filed there. */
    static Instant spanEnd(Instant expires) {
        long seconds = SPAN.toSeconds();
        return Instant.ofEpochSecond((Math.floorDiv(expires.getEpochSecond(), seconds) + 1) * seconds);
    }

    /** Deletes the spans that no verifier can accept a token of any more. */
    private void forget(Instant now) throws IOException {
        Instant horizon = now.minus(TokenVerifier.SKEW);
        while (!spans.isEmpty() && !spans.firstKey().isAfter(horizon)) {
            Map.Entry<Instant, ReplaySpan> oldest = spans.firstEntry();
            if (oldest.getKey().isAfter(forgottenBefore)) {
                forgottenBefore = oldest.getKey();
                String second = Long.toString(forgottenBefore.getEpochSecond());
                OwnerOnly.replace(directory.resolve(HORIZON), second.getBytes(StandardCharsets.US_ASCII));
            }
            spans.remove(oldest.getKey());
            oldest.getValue().delete();
        }
    }

    private static Instant readHorizon(Path file) throws IOException {
        String text = new String(OwnerOnly.read(file), StandardCharsets.US_ASCII);
        if (!text.matches("[0-9]{1,11}")) {
            throw new IOException(
                    file + " is corrupt: restore it; or, once every token issued so far has expired, delete it");
        }
        return Instant.ofEpochSecond(Long.parseLong(text));
    }

    @Override
    public long remembered() {
        return size();
    }

    /** How many tokens it remembers. */
    synchronized int size() {
        return spans.values().stream().mapToInt(ReplaySpan::size).sum();
    }

    /** Lets go of the directory. What was seen stays there. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            for (ReplaySpan span : spans.values()) {
                span.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("replay memory " + directory + ": " + e.getMessage(), e);
        }
    }
}
