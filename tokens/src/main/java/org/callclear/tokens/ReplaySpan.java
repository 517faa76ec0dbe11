package org.callclear.tokens;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.secrets.OwnerOnly;

/**
 * The tokens that expire in one span of time: a file named for the second after it, a line a token. A line is the
 * transaction id (32 hex digits), the second it expires in (12 digits) and a CRC-32C of both (8 hex digits). Not
 * thread-safe. It writes through a {@link RandomAccessFile} because, unlike a channel, an interrupted thread does not
 * close it.
 */
final class ReplaySpan {
    private static final Pattern NAME = Pattern.compile("seen-before-([0-9]{12})");
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{32}) ([0-9]{12}) ([0-9a-f]{8})\n");
    private static final int LINE_BYTES = 32 + 1 + 12 + 1 + 8 + 1;

    private final Path file;
    private final Instant end;
    private final RandomAccessFile lines;
    private final TokenIds seen;

    private ReplaySpan(Path file, Instant end, RandomAccessFile lines, TokenIds seen) {
        this.file = file;
        this.end = end;
        this.lines = lines;
        this.seen = seen;
    }

    static boolean isSpan(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName())).matches();
    }

    static ReplaySpan create(Path directory, Instant end) throws IOException {
        Path file = directory.resolve("seen-before-%012d".formatted(end.getEpochSecond()));
        OwnerOnly.createIfMissing(file);
        return open(file, end, new TokenIds(), 0);
    }

    /** @throws IOException naming the file and the byte from which it cannot be believed */
    static ReplaySpan read(Path file) throws IOException {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            throw new IOException(file + ": not a file of the replay memory");
        }
        Instant end = Instant.ofEpochSecond(Long.parseLong(name.group(1)));
        byte[] bytes = OwnerOnly.read(file);
        TokenIds seen = new TokenIds();
        int offset = 0;
        while (!isTorn(bytes, offset)) {
            seen.add(parse(file, end, bytes, offset));
            offset += LINE_BYTES;
        }
        return open(file, end, seen, offset);
    }

    /** Cuts off what is torn, so that the next line begins where a line begins. */
    private static ReplaySpan open(Path file, Instant end, TokenIds seen, long length) throws IOException {
        var lines = new RandomAccessFile(file.toFile(), "rw");
        try {
            lines.setLength(length);
            lines.seek(length);
        } catch (IOException e) {
            lines.close();
            throw e;
        }
        return new ReplaySpan(file, end, lines, seen);
    }

    /**
     * Whether only an unfinished write is left: less than a line without its end, or nothing but the zeros that a power
     * cut leaves when the length reached the disk and the content did not.
     */
    private static boolean isTorn(byte[] bytes, int offset) {
        if (bytes.length - offset < LINE_BYTES) {
            return true;
        }
        for (int i = offset; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static TransactionId parse(Path file, Instant end, byte[] bytes, int offset) throws IOException {
        Matcher line = LINE.matcher(new String(bytes, offset, LINE_BYTES, StandardCharsets.ISO_8859_1));
        if (line.matches() && line.group(3).equals(checksum(line.group(1) + " " + line.group(2)))) {
            Instant expires = Instant.ofEpochSecond(Long.parseLong(line.group(2)));
            if (FileReplayMemory.spanEnd(expires).equals(end)) {
                return new TransactionId(line.group(1));
            }
        }
        throw new IOException(file + " is corrupt at byte " + offset
                + ": restore it; or, once every token issued so far" + " has expired, delete it");
    }

    private static String checksum(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return "%08x".formatted(crc.getValue());
    }

    /** Remembers a token; when that fails the file is as it was. */
    void add(TransactionId id, Instant expires) throws IOException {
        String text = id.hex() + " " + "%012d".formatted(expires.getEpochSecond());
        long length = lines.getFilePointer();
        try {
            lines.write((text + " " + checksum(text) + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            lines.setLength(length);
            lines.seek(length);
            throw e;
        }
        seen.add(id);
    }

    boolean contains(TransactionId id) {
        return seen.contains(id);
    }

    int size() {
        return seen.size();
    }

    Instant end() {
        return end;
    }

    void close() throws IOException {
        lines.close();
    }

    void delete() throws IOException {
        lines.close();
        Files.deleteIfExists(file);
    }
}
