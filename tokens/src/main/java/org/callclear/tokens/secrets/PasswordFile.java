package org.callclear.tokens.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Lends the password that stands in a file of the owner alone, and wipes it from memory afterwards. */
public final class PasswordFile {
    private PasswordFile() {}

    /** What a password is needed for. */
    @FunctionalInterface
    public interface Use<T> {
        /** @param password the borrower may not keep it: it is overwritten on return */
        T with(char[] password) throws IOException;
    }

    /**
     * Reads the password, without white space around it, and lends it.
     *
     * @throws LooseRightsException when somebody else may read or write the file
     * @throws IOException when it is not there, is empty, or the use fails; no message shows any of it
     */
    public static <T> T lend(Path file, Use<T> use) throws IOException {
        char[] password = read(file);
        try {
            return use.with(password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static char[] read(Path file) throws IOException {
        byte[] bytes = OwnerOnly.read(file);
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);
        char[] chars = text.array();
        try {
            int from = 0;
            int to = text.limit();
            while (from < to && Character.isWhitespace(chars[from])) {
                from++;
            }
            while (to > from && Character.isWhitespace(chars[to - 1])) {
                to--;
            }
            if (from == to) {
                throw new IOException("password file " + file + " is empty");
            }
            return Arrays.copyOfRange(chars, from, to);
        } finally {
            Arrays.fill(chars, '\0');
        }
    }
}
