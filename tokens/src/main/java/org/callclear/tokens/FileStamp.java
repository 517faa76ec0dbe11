package org.callclear.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** What a file looks like from outside: differs when somebody wrote it, put another in its place or changed its rights. */
final class FileStamp {
    private FileStamp() {}

    static String of(Path path) {
        try {
            PosixFileAttributes now = Files.readAttributes(path, PosixFileAttributes.class);
            return now.fileKey() + "/" + now.size() + "/" + now.lastModifiedTime() + "/"
                    + now.permissions().stream().sorted().toList();
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }
}
