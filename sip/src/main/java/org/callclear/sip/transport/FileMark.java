package org.callclear.sip.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What changes when somebody writes a file or puts another one in its place.
 *
 * @param size in bytes; -1 when there is no such file that can be looked at
 * @param written when it was written
 * @param key what the file system knows it by; null where it has no such thing
 */
record FileMark(long size, FileTime written, @Nullable Object key) {
    private static final FileMark NONE = new FileMark(-1, FileTime.fromMillis(0), null);

    /** The mark of a file now. */
    static FileMark of(Path file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileMark(seen.size(), seen.lastModifiedTime(), seen.fileKey());
        } catch (IOException e) {
            return NONE;
        }
    }
}
