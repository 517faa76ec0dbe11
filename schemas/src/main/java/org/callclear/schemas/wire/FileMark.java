package org.callclear.schemas.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * What changes when somebody writes a file, puts another one in its place or changes its rights.
 *
 * @param size in bytes; -1 when there is no such file that can be looked at
 * @param modifiedMillis when it was written, in milliseconds since 1970
 * @param key what the file system knows it by; null where it has no such thing
 * @param rights such as {@code rw-------}; empty where the file system knows no such rights
 */
public record FileMark(
        long size, long modifiedMillis, @Nullable Object key, String rights) {
    /** Of a file that is not there. */
    public static final FileMark NONE = new FileMark(-1, 0, null, "");

    private static final String NONE_FOR_OTHERS = "------";

    /** The mark of a file now. */
    public static FileMark of(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileMark(
                    attributes.size(), attributes.lastModifiedTime().toMillis(), attributes.fileKey(), rights(file));
        } catch (IOException e) {
            return NONE;
        }
    }

    private static String rights(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                : "";
    }

    /** Whether nobody but the owner may read or write it, as far as the file system knows. */
    public boolean isOwnersAlone() {
        return rights.isEmpty() || rights.endsWith(NONE_FOR_OTHERS);
    }
}
