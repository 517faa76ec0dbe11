package org.callclear.app.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Looks for damage that Kafka would mend by cutting the log off there, with all that was acknowledged behind it. Only the
 * end of a log may be incomplete: that is what a kill leaves of a batch nobody was told of.
 *
 * <p>The layout is Kafka's record batch, version 2: base offset (8 bytes), length of what follows (4), leader epoch (4),
 * magic (1), CRC-32C (4) of the rest.
 */
final class LogCheck {
    private static final int LENGTH_AT = 8;
    private static final int AFTER_LENGTH = 12;
    private static final int MAGIC_AT = 16;
    private static final int CRC_AT = 17;
    private static final int AFTER_CRC = 21;
    private static final int SMALLEST_LENGTH = 49;
    private static final byte MAGIC = 2;
    private static final String METADATA = "__cluster_metadata-0";
    private static final String CLEAN = ".kafka_cleanshutdown";

    private LogCheck() {}

    /**
     * Checks the metadata, without which no record can be found, and after a kill the logs that Kafka will look through.
     *
     * @param place the broker's directory
     * @throws StackException naming the file and the position of the first damage
     */
    static void check(Path place) {
        try (Stream<Path> folders = Files.list(place)) {
            boolean stoppedInOrder = Files.exists(place.resolve(CLEAN));
            List<Path> logs = folders.filter(Files::isDirectory)
                    .filter(folder -> !stoppedInOrder || folder.endsWith(METADATA))
                    .sorted()
                    .toList();
            for (Path log : logs) {
                checkLast(log);
            }
        } catch (IOException e) {
            throw new StackException(place + ": cannot be read (" + StackException.rootOf(e) + ")", e);
        }
    }

    private static void checkLast(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            Optional<Path> last = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .reduce((earlier, later) -> later);
            if (last.isPresent()) {
                checkSegment(last.get());
            }
        }
    }

    private static void checkSegment(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate(AFTER_LENGTH);
            long size = channel.size();
            long at = 0;
            while (at + AFTER_LENGTH <= size) {
                read(channel, head.clear(), at);
                int length = head.getInt(LENGTH_AT);
                if (length < SMALLEST_LENGTH) {
                    throw damaged(file, at);
                }
                if (at + AFTER_LENGTH + length > size) {
                    return;
                }
                ByteBuffer batch = ByteBuffer.allocate(AFTER_LENGTH + length);
                read(channel, batch, at);
                if (!isSound(batch)) {
                    throw damaged(file, at);
                }
                at += AFTER_LENGTH + length;
            }
        }
    }

    private static boolean isSound(ByteBuffer batch) {
        CRC32C crc = new CRC32C();
        crc.update(batch.duplicate().position(AFTER_CRC).limit(batch.capacity()));
        return batch.get(MAGIC_AT) == MAGIC && batch.getInt(CRC_AT) == (int) crc.getValue();
    }

    private static StackException damaged(Path file, long at) {
        return new StackException(file + ": damaged at byte " + at
                + "; Kafka would drop all records from there on, so put the data directory back from a copy");
    }

    private static void read(FileChannel channel, ByteBuffer into, long at) throws IOException {
        for (long from = at; into.hasRemaining(); ) {
            int n = channel.read(into, from);
            if (n < 0) {
                throw new IOException("the file became shorter while it was read");
            }
            from += n;
        }
    }
}
