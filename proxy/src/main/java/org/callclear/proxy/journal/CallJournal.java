package org.callclear.proxy.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.callclear.proxy.call.Attempt;
import org.callclear.proxy.call.AttemptReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of attempts under way and reports not yet safe, in one append-only file that only its owner may read
 * (it holds numbers and transaction ids).
 *
 * <p>An entry is handed to the operating system before the method returns, so it survives {@code kill -9}; it is forced
 * to disk by {@link #sync}, so a loss of power may cost what was written since. {@link #alive} bounds how exactly the
 * end of a call is known after a kill. The file is written anew when it has grown well beyond what it still says.
 *
 * <p>When the disk refuses, the journal says so ({@link #isHealthy}), goes on in memory, and recovers with the next
 * {@link #sync} that succeeds.
 */
public final class CallJournal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallJournal.class);
    private static final long COMPACT_FROM = 1 << 20;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private final Path file;
    private final FileChannel lockFile;
    private final Unfinished unfinished;
    private FileChannel channel;
    private long compactAt = COMPACT_FROM;
    private boolean healthy = true;
    private boolean dirty;

    private CallJournal(Path file, FileChannel lockFile, Unfinished unfinished) throws IOException {
        this.file = file;
        this.lockFile = lockFile;
        this.unfinished = unfinished;
        this.channel = rewrite();
    }

    /**
     * Opens the journal in a directory, which is made when it is missing.
     *
     * @throws IOException when the directory cannot be used, is open to others than its owner, is in use by another proxy, or holds a damaged journal;
     *     the message names the file, the line and the way out
     */
    public static CallJournal open(Path directory) throws IOException {
        requireOwnerOnly(Files.createDirectories(directory, ownerOnly("rwx------")));
        Path file = directory.resolve("calls.journal");
        FileChannel lockFile = lock(directory.resolve("calls.lock"));
        try {
            return new CallJournal(file, lockFile, read(file));
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    /** The attempts under way: after the opening, those that a kill has cut off. */
    public synchronized List<Attempt> open() {
        return unfinished.open();
    }

    /** The reports that are not known to be safe. */
    public synchronized List<AttemptReport> unsent() {
        return unfinished.unsent();
    }

    /** The latest instant at which the proxy is known to have been alive; {@link Instant#EPOCH} for never. */
    public synchronized Instant lastKnown() {
        return unfinished.lastKnown();
    }

    /** Whether what was said last is in the file. */
    public synchronized boolean isHealthy() {
        return healthy;
    }

    /** An attempt begins. */
    public void opened(Attempt attempt) {
        append(new JournalEntry.Opened(attempt));
    }

    /** An attempt was answered. */
    public void answered(Attempt attempt) {
        Instant at = attempt.answeredAt();
        if (at != null) {
            append(new JournalEntry.Answered(attempt.call(), attempt.leg(), at));
        }
    }

    /** An attempt ended; its report stays until it is {@link #sent}. */
    public void reported(AttemptReport report) {
        append(new JournalEntry.Reported(report));
    }

    /** A report is safe. */
    public void sent(AttemptReport report) {
        append(new JournalEntry.Sent(report.attempt().call(), report.attempt().leg(), report.endedAt()));
    }

    /** The proxy is alive: calls under way last at least until now. */
    public synchronized void alive(Instant now) {
        if (unfinished.hasOpen()) {
            append(new JournalEntry.Alive(now));
        }
    }

    /** Forces what was written to disk, and mends the file when a write has failed. */
    public synchronized void sync() {
        try {
            if (!healthy) {
                replace();
                healthy = true;
                LOG.info("journal {}: written again", file);
            } else if (dirty) {
                channel.force(false);
            }
            dirty = false;
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public synchronized void close() {
        sync();
        try {
            channel.close();
            lockFile.close();
        } catch (IOException e) {
            LOG.warn("journal {}: {}", file, e.getMessage());
        }
    }

    private synchronized void append(JournalEntry entry) {
        unfinished.apply(entry);
        if (!healthy) {
            return; // The next sync writes all of it.
        }
        try {
            ByteBuffer line = ByteBuffer.wrap(JournalLine.write(entry).getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            dirty = true;
            if (channel.position() > compactAt) {
                replace();
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        if (healthy) {
            LOG.error("journal {}: cannot be written: {}; no new calls are taken until it can", file, e.toString());
        }
        healthy = false;
    }

    private void replace() throws IOException {
        FileChannel old = channel;
        channel = rewrite();
        old.close();
    }

    /** Writes what is not finished to a new file and puts it in the old one's place. */
    private FileChannel rewrite() throws IOException {
        Path fresh = file.resolveSibling("calls.journal.new");
        Files.deleteIfExists(fresh);
        StringBuilder text = new StringBuilder();
        unfinished.entries().forEach(entry -> text.append(JournalLine.write(entry)));
        FileChannel out = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly("rw-------"));
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            out.close();
            throw e;
        }
        compactAt = Math.max(COMPACT_FROM, 4 * out.position());
        return out;
    }

    private static Unfinished read(Path file) throws IOException {
        Unfinished unfinished = new Unfinished();
        if (!Files.exists(file)) {
            return unfinished;
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int line = 1;
        int start = 0;
        // What stands after the last line end was being written when the process died; its entry was never relied upon.
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start), line++) {
            Optional<JournalEntry> entry = JournalLine.read(text.substring(start, end));
            if (entry.isEmpty()) {
                throw new IOException(
                        "journal " + file + ", line " + line + ": damaged; calls and reports from before"
                                + " the last stop stand in it, so it is not passed over: mend it, or move it away and lose them");
            }
            unfinished.apply(entry.get());
            start = end + 1;
        }
        return unfinished;
    }

    /** Whoever may write the directory may put another journal in the place of this one. */
    private static void requireOwnerOnly(Path directory) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(directory);
        if (!OWNER_ONLY_DIRECTORY.containsAll(rights)) {
            throw new IOException(
                    "data directory " + directory + ": rights are " + PosixFilePermissions.toString(rights)
                            + ", must be for the owner only (chmod go= " + directory + ")");
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly("rw-------"));
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                Files.setPosixFilePermissions(path, OWNER_ONLY);
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("data directory " + path.getParent() + ": in use by another proxy", e);
        }
        channel.close();
        throw new IOException("data directory " + path.getParent() + ": in use by another proxy");
    }

    private static FileAttribute<?> ownerOnly(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }
}
