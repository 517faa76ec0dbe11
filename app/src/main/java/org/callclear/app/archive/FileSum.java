package org.callclear.app.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.callclear.settlement.proof.Hashes;

/**
 * The size of a file, the digest of all of it, and those of its pieces, which tell where a damaged one is damaged.
 *
 * @param size in bytes
 * @param sha256 of all
 * @param pieces of each {@link #PIECE} bytes, the last one shorter
 */
record FileSum(long size, String sha256, List<String> pieces) {
    /** Bytes in a piece. */
    static final int PIECE = 1 << 18;

    FileSum {
        pieces = List.copyOf(pieces);
    }

    /**
     * Of a file that is there.
     *
     * @throws IOException when it is not, is no file but a link or a directory, or cannot be read
     */
    static FileSum of(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        Summing sum = new Summing(OutputStream.nullOutputStream());
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(sum);
        }
        return sum.sum();
    }

    /** Passes on what is written, and adds it up. */
    static final class Summing extends OutputStream {
        private final OutputStream to;
        private final MessageDigest whole = Hashes.newDigest();
        private final MessageDigest piece = Hashes.newDigest();
        private final List<String> pieces = new ArrayList<>();
        private long size;

        Summing(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            to.write(bytes, from, length);
            whole.update(bytes, from, length);
            int at = from;
            int left = length;
            while (left > 0) {
                int fits = Math.min(left, PIECE - (int) (size % PIECE));
                piece.update(bytes, at, fits);
                size += fits;
                at += fits;
                left -= fits;
                if (size % PIECE == 0) {
                    pieces.add(HexFormat.of().formatHex(piece.digest()));
                }
            }
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }

        @Override
        public void close() throws IOException {
            to.close();
        }

        /** Of all that was written; only once, at the end. */
        FileSum sum() {
            if (size % PIECE != 0) {
                pieces.add(HexFormat.of().formatHex(piece.digest()));
            }
            return new FileSum(size, HexFormat.of().formatHex(whole.digest()), pieces);
        }
    }
}
