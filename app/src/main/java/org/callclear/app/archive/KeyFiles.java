package org.callclear.app.archive;

import java.nio.file.Path;
import java.util.List;

/** Which key file belongs to which archive: both bear its id. */
final class KeyFiles {
    private KeyFiles() {}

    /**
     * Refuses a key file that did not hide the numbers of an archive.
     *
     * @throws ArchiveException naming both ids
     */
    static void require(String archive, Manifest manifest, NumberKeys keys) {
        if (!manifest.keyFile().equals(keys.id())) {
            throw new ArchiveException(archive + ": its numbers are hidden by the key file with id "
                    + manifest.keyFile() + ", and " + keys + " has id " + keys.id());
        }
    }

    /**
     * Refuses a key file that hides nothing in a directory of archives.
     *
     * @return the archives in it that another key file hides; erasing keys does nothing to them
     * @throws ArchiveException naming the ids, when it is another one for all of them
     */
    static List<ArchiveDirectory.Archive> hiddenByOthers(Path directory, NumberKeys keys) {
        ArchiveDirectory archives = new ArchiveDirectory(directory);
        List<ArchiveDirectory.Archive> all = archives.periods().stream()
                .filter(archives::isComplete)
                .map(archives::archive)
                .toList();
        if (all.isEmpty()) {
            throw new ArchiveException(directory + ": there is no archive in it");
        }
        List<ArchiveDirectory.Archive> others = all.stream()
                .filter(archive -> !archive.manifest().keyFile().equals(keys.id()))
                .toList();
        if (others.size() == all.size()) {
            require(others.getLast().path().toString(), others.getLast().manifest(), keys);
        }
        return others;
    }
}
