package org.callclear.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.secrets.OwnerOnly;

/**
 * A replay memory in a directory, for one process at a time. Tokens are filed by the span of time they expire in, one
 * file a span; when all of a span have been expired for longer than the skew, its file is deleted. So neither memory nor
 * disk holds more than {@link Claims#LONGEST_LIFE} and one span of tokens.
 *
 * <p>Each yes follows a completed write to the file, so it survives the death of the process ({@code kill -9}) in any
 * case. Whether it also survives the death of the machine is a choice, see {@link Durability}. A clock set back while
 * the process runs brings no forgotten token back to life; set back by more than the skew while it is down, it may.
 */
public final class FileReplayMemory implements ReplayMemory {
    /** What a yes survives. */
    public enum Durability {
        /**
         * The process dying. What the kernel has not yet written may be lost with the power, seconds of it; to use that,
         * an attacker who may write to this gateway's topic must cut the power and resend within the token's life.
         */
        PROCESS,
        /** The machine dying: each yes waits for the disk, which costs 0.1 to 10 ms, one token after another. */
        MACHINE
    }

    static final Duration SPAN = Duration.ofMinutes(10);

    private final Path directory;
    private final Clock clock;
    private final Durability durability;
    private final FileChannel lock;
    private final NavigableMap<Instant, ReplaySpan> spans = new TreeMap<>();
    private Instant forgottenBefore = Instant.MIN;
    private boolean closed;

    private FileReplayMemory(Path directory, Clock clock, Durability durability, FileChannel lock) {
        this.directory = directory;
        this.clock = clock;
        this.durability = durability;
        this.lock = lock;
    }

    /** Opens or makes a memory that survives the process. */
    public static FileReplayMemory open(Path directory, Clock clock) {
        return open(directory, clock, Durability.PROCESS);
    }

    /**
     * Opens a memory, or makes the directory, readable by its owner only.
     *
     * @throws UncheckedIOException naming the place and the fault: in use by another process, readable by others, or
     *     corrupt. An incomplete last line is no fault: its yes was never given.
     */
    public static FileReplayMemory open(Path directory, Clock clock, Durability durability) {
        FileChannel lock = null;
        try {
            OwnerOnly.createDirectory(directory);
            lock = lock(directory);
            var memory = new FileReplayMemory(directory, clock, durability, lock);
            memory.readSpans();
            return memory;
        } catch (IOException e) {
            closeQuietly(lock, e);
            throw new UncheckedIOException("replay memory " + directory + ": " + e.getMessage(), e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        OwnerOnly.createIfMissing(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        IOException inUse = new IOException("in use by another gateway process; each needs a directory of its own");
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            inUse.addSuppressed(e);
        } catch (IOException e) {
            closeQuietly(channel, e);
            throw e;
        }
        closeQuietly(channel, inUse);
        throw inUse;
    }

    private static void closeQuietly(
            java.nio.channels.@org.jspecify.annotations.Nullable Channel channel, IOException cause) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private void readSpans() throws IOException {
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
    public synchronized boolean firstSight(TransactionId id, Instant expires) {
        if (closed) {
            throw new IllegalStateException("replay memory " + directory + " is closed");
        }
        try {
            forget(clock.instant());
            UUID key = ReplaySpan.key(id);
            if (expires.isBefore(forgottenBefore) || isKnown(key)) {
                return false;
            }
            Instant end = spanEnd(expires);
            ReplaySpan span = spans.get(end);
            if (span == null) {
                span = ReplaySpan.create(directory, end);
                spans.put(end, span);
            }
            span.add(key, expires, durability);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("replay memory " + directory + ": " + e.getMessage(), e);
        }
    }

    private boolean isKnown(UUID key) {
        for (ReplaySpan span : spans.values()) {
            if (span.contains(key)) {
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
            forgottenBefore = oldest.getKey();
            spans.remove(oldest.getKey());
            oldest.getValue().delete();
        }
    }

    /** How many tokens it remembers. */
    public synchronized int size() {
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
