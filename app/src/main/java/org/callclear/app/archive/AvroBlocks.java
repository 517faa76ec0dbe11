package org.callclear.app.archive;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Walks over the lengths in an Avro object container file. A reader makes room for whatever a length says before it finds
 * that the bytes are not there, and one flipped bit can say two gigabytes: so lengths are held against the file's size first.
 */
final class AvroBlocks {
    private static final int MAGIC_BYTES = 4;
    private static final int MARK_BYTES = 16;
    private static final int LONGEST_NUMBER = 10;

    private final InputStream in;
    private final long size;
    private long at;

    private AvroBlocks(InputStream in, long size) {
        this.in = in;
        this.size = size;
    }

    /**
     * Refuses a file with a length that the file is too short for.
     *
     * @throws IOException saying where
     */
    static void require(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            new AvroBlocks(in, Files.size(file)).walk();
        }
    }

    private void walk() throws IOException {
        skip(MAGIC_BYTES, "the head at byte 0");
        for (long entries = number(); entries != 0; entries = number()) {
            if (entries < 0) {
                number(); // how many bytes they have, so that they can be passed over
            }
            for (long left = Math.abs(entries); left > 0; left--) {
                skip(number(), "a name in the head");
                skip(number(), "a value in the head");
            }
        }
        skip(MARK_BYTES, "the mark after the head");
        while (at < size) {
            String block = "the block at byte " + at;
            number(); // of records: they are read one by one
            skip(number(), block);
            skip(MARK_BYTES, "the mark after " + block);
        }
    }

    private void skip(long bytes, String what) throws IOException {
        if (bytes < 0 || bytes > size - at) {
            throw new IOException(what + " should have " + bytes + " bytes, and the file has " + (size - at) + " more");
        }
        in.skipNBytes(bytes);
        at += bytes;
    }

    /** In Avro's form: seven bits a byte, the lowest first, the sign in the last. */
    private long number() throws IOException {
        long zigzag = 0;
        for (int i = 0; i < LONGEST_NUMBER; i++) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("ends at byte " + at + ", in the middle of a number");
            }
            at++;
            zigzag |= (next & 0x7FL) << (7 * i);
            if (next < 0x80) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new IOException("has no number at byte " + (at - LONGEST_NUMBER));
    }
}
