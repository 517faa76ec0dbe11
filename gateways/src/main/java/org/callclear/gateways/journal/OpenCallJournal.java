package org.callclear.gateways.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.callclear.gateways.call.CallFacts;
import org.callclear.gateways.call.Outcome;
import org.callclear.schemas.call.TransactionId;

/**
 * The calls that are open, in one append-only file that only its owner may read (it holds whole numbers). A line is in
 * the operating system's hands when the method that writes it returns, which is enough to survive the end of the
 * process, {@code kill -9} included; it is forced to the disk with every mark, so a loss of power costs at most the
 * time between two marks.
 *
 * <p>A last line without its end is what a crash in the middle of a write leaves, and is cut off. Any other line that
 * cannot be read stops the start: it is money, so a person must look at it. The file is rewritten with what is still
 * open when it has grown. Safe for many threads.
 */
public final class OpenCallJournal implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int LINES_WORTH_COMPACTING = 4_000;

    private final Path file;
    private final Map<TransactionId, OpenCall> open = new LinkedHashMap<>();
    private Instant lastMark = Instant.EPOCH;
    private FileChannel channel;
    private int lines;

    private OpenCallJournal(Path file) throws IOException {
        this.file = file;
        read();
        this.channel = rewrite();
    }

    /**
     * Opens the journal, which begins empty where there is none.
     *
     * @throws JournalCorruptException when a line other than a torn last one cannot be read
     * @throws UncheckedIOException when the file cannot be used
     */
    public static OpenCallJournal open(Path file) {
        try {
            return new OpenCallJournal(file);
        } catch (IOException e) {
            throw new UncheckedIOException("journal of open calls " + file + ": " + e.getMessage(), e);
        }
    }

    /** A call was let in. */
    public synchronized void opened(CallFacts facts) {
        open.put(facts.transaction(), new OpenCall(facts, null, null));
        append(new Entry.Open(facts));
    }

    /** An open call was answered. */
    public synchronized void answered(TransactionId call, Instant at) {
        open.computeIfPresent(call, (id, known) -> known.answered(at));
        append(new Entry.Answered(call, at));
    }

    /** An open call ended like this; its CDR is not safe yet. */
    public synchronized void ended(TransactionId call, Outcome outcome) {
        open.computeIfPresent(call, (id, known) -> known.ended(outcome));
        append(new Entry.Ended(call, outcome));
    }

    /** The CDR of a call is acknowledged: it is open no more. */
    public synchronized void reported(TransactionId call) {
        open.remove(call);
        append(new Entry.Reported(call));
        compactIfLong();
    }

    /** The process lives, and forces to the disk what was written so far. Writes nothing while no call is open. */
    public synchronized void mark(Instant now) {
        lastMark = now;
        if (open.isEmpty() || !channel.isOpen()) {
            return;
        }
        append(new Entry.Alive(now));
        try {
            channel.force(false);
        } catch (IOException e) {
            throw failed(e);
        }
        compactIfLong();
    }

    /** The calls that are open, oldest first. */
    public synchronized List<OpenCall> openCalls() {
        return List.copyOf(open.values());
    }

    /** The last mark; 1970 when there is none. */
    public synchronized Instant lastMark() {
        return lastMark;
    }

    @Override
    public synchronized void close() {
        try {
            if (channel.isOpen()) {
                channel.force(false);
                channel.close();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void read() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int from = 0;
        for (int number = 1; text.indexOf('\n', from) >= 0; number++) {
            int to = text.indexOf('\n', from);
            try {
                take(Entry.parse(text.substring(from, to)));
            } catch (IllegalArgumentException e) {
                throw new JournalCorruptException("journal of open calls " + file + " line " + number + ": "
                        + e.getMessage() + "; move the file away and report its calls by hand");
            }
            from = to + 1;
        }
    }

    private void take(Entry entry) {
        switch (entry) {
            case Entry.Open o -> open.put(o.facts().transaction(), new OpenCall(o.facts(), null, null));
            case Entry.Answered a -> open.computeIfPresent(a.call(), (id, known) -> known.answered(a.at()));
            case Entry.Ended e -> open.computeIfPresent(e.call(), (id, known) -> known.ended(e.outcome()));
            case Entry.Reported r -> open.remove(r.call());
            case Entry.Alive a -> lastMark = a.at();
        }
    }

    private void compactIfLong() {
        if (lines > LINES_WORTH_COMPACTING && lines > 8 * open.size()) {
            try {
                FileChannel old = channel;
                channel = rewrite();
                old.close();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /** Writes what is open to a new file and puts it in the place of the old one in one step. */
    private FileChannel rewrite() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FileChannel out = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            StringBuilder text = new StringBuilder();
            lines = 0;
            for (OpenCall call : open.values()) {
                add(text, new Entry.Open(call.facts()));
                if (call.answeredAt() != null) {
                    add(text, new Entry.Answered(call.facts().transaction(), call.answeredAt()));
                }
                if (call.outcome() != null) {
                    add(text, new Entry.Ended(call.facts().transaction(), call.outcome()));
                }
            }
            add(text, new Entry.Alive(lastMark));
            write(out, text.toString());
            out.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return out;
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    private void add(StringBuilder text, Entry entry) {
        text.append(entry.line());
        lines++;
    }

    private void append(Entry entry) {
        try {
            long end = channel.position();
            try {
                write(channel, entry.line());
                lines++;
            } catch (IOException e) {
                channel.truncate(end); // half a line must not stand before the next one
                throw e;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static void write(FileChannel out, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("journal of open calls " + file + ": " + e.getMessage(), e);
    }
}
