package org.callclear.settlement.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.callclear.settlement.proof.Leaf;
import org.callclear.settlement.proof.LineKey;
import org.jspecify.annotations.Nullable;

/**
 * Puts the leaves of several statements in order, however many there are: sorted runs go to a file, and are merged from
 * there. The file is its owner's alone and loses its name at once, so that nothing is left of it whatever happens.
 */
final class LeafSorter implements AutoCloseable {
    private static final int COMMITMENT = 32;
    private static final int RECORD = Integer.BYTES + LineKey.SIZE + COMMITMENT;
    private static final int RECORDS_READ = 1_000;

    private final Path directory;
    private final int most;
    private final List<byte[]> held = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private @Nullable FileChannel file;

    /**
     * An empty one.
     *
     * @param directory where the file goes, if one is needed
     * @param most leaves in memory, some 80 bytes each
     */
    LeafSorter(Path directory, int most) {
        this.directory = directory;
        this.most = most;
    }

    /** Takes leaves in order: by statement, then by key. */
    interface Taker {
        void take(int statement, byte[] key, byte[] commitment);
    }

    /** Bytes of the file: from inclusive, to exclusive. */
    private record Run(long from, long to) {}

    /**
     * One more leaf.
     *
     * @param statement number of the statement it belongs to
     */
    void add(int statement, Leaf leaf) throws IOException {
        if (held.size() == most) {
            spill();
        }
        held.add(ByteBuffer.allocate(RECORD).putInt(statement).put(leaf.bytes()).array());
    }

    /** All of them, in order. To be called once, when nothing more comes. */
    void forEach(Taker taker) throws IOException {
        if (runs.isEmpty()) {
            held.sort(Arrays::compareUnsigned);
            held.forEach(record -> give(record, taker));
            return;
        }
        spill();
        merge(channel(), taker);
    }

    private void merge(FileChannel channel, Taker taker) throws IOException {
        PriorityQueue<Head> heads = new PriorityQueue<>();
        for (Run run : runs) {
            Head head = new Head(channel, run);
            if (head.advance()) {
                heads.add(head);
            }
        }
        while (!heads.isEmpty()) {
            Head first = heads.remove();
            give(first.record, taker);
            if (first.advance()) {
                heads.add(first);
            }
        }
    }

    private static void give(byte[] record, Taker taker) {
        int keyEnd = Integer.BYTES + LineKey.SIZE;
        taker.take(
                ByteBuffer.wrap(record).getInt(),
                Arrays.copyOfRange(record, Integer.BYTES, keyEnd),
                Arrays.copyOfRange(record, keyEnd, RECORD));
    }

    private void spill() throws IOException {
        FileChannel channel = channel();
        held.sort(Arrays::compareUnsigned);
        long from = channel.size();
        channel.position(from);
        ByteBuffer buffer = ByteBuffer.allocate(RECORDS_READ * RECORD);
        for (byte[] record : held) {
            if (!buffer.hasRemaining()) {
                write(channel, buffer);
            }
            buffer.put(record);
        }
        write(channel, buffer);
        runs.add(new Run(from, channel.position()));
        held.clear();
    }

    private static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    private FileChannel channel() throws IOException {
        FileChannel open = file;
        if (open == null) {
            Path path = Files.createTempFile(
                    directory,
                    "leaves-",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            open = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
            file = open;
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        held.clear();
        if (file != null) {
            file.close();
        }
    }

    /** The first record of a run that was not taken yet. */
    private static final class Head implements Comparable<Head> {
        private final FileChannel channel;
        private final long end;
        private final ByteBuffer buffer =
                ByteBuffer.allocate(RECORDS_READ * RECORD).limit(0);
        private long at;
        private byte[] record = new byte[RECORD];

        Head(FileChannel channel, Run run) {
            this.channel = channel;
            this.at = run.from();
            this.end = run.to();
        }

        /** Whether there is another record; it is the head then. */
        boolean advance() throws IOException {
            if (!buffer.hasRemaining() && !fill()) {
                return false;
            }
            record = new byte[RECORD];
            buffer.get(record);
            return true;
        }

        private boolean fill() throws IOException {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, at);
                if (read < 0) {
                    throw new IOException("a sorted run was cut short");
                }
                at += read;
            }
            return buffer.flip().hasRemaining();
        }

        @Override
        public int compareTo(Head other) {
            return Arrays.compareUnsigned(record, other.record);
        }
    }
}
