package org.callclear.schemas.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What changes when somebody writes a file or puts another one in its place.
 *
 * @param size in bytes; -1 when there is no such file that can be looked at
 * @param modifiedMillis when it was written, in milliseconds since 1970
 * @param key what the file system knows it by; null where it has no such thing
 */
public record FileMark(
        long size, long modifiedMillis, @Nullable Object key) {
    private static final FileMark NONE = new FileMark(-1, 0, null);

    /** The mark of a file now. */
    public static FileMark of(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileMark(attributes.size(), attributes.lastModifiedTime().toMillis(), attributes.fileKey());
        } catch (IOException e) {
            return NONE;
        }
    }
}
