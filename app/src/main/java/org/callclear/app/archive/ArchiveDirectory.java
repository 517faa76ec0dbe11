package org.callclear.app.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.callclear.settlement.period.Period;

/** A directory of archives, one directory for each period of one calendar. */
final class ArchiveDirectory {
    private static final char BETWEEN = '/';
    private static final char INSTEAD = '~';

    private final Path directory;

    ArchiveDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * An archive that is complete.
     *
     * @param path of the period's directory
     * @param content of the manifest's file
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Archive(Path path, Manifest manifest, byte[] content) {
        Path file(Manifest.Content file) {
            return path.resolve(file.name());
        }

        /**
         * Refuses a file whose digest is not that of the manifest: whoever uses what is in it asks this first.
         *
         * @throws IOException naming the file
         */
        void requireWhole(Manifest.Content content) throws IOException {
            Path file = file(content);
            FileSum found;
            try {
                found = FileSum.of(file);
            } catch (NoSuchFileException e) {
                throw new IOException(file + ": is missing", e);
            }
            if (!found.equals(content.sum())) {
                throw new IOException(file + ": is not what it was when " + manifest.period()
                        + " was archived; `archive verify` says where");
            }
        }
    }

    /** The directory of a period; a zone's slash would be a directory's. */
    static String name(Period period) {
        return period.id().replace(BETWEEN, INSTEAD);
    }

    /** The period that a directory is of; empty when its name tells none. */
    static Optional<Period> period(String name) {
        return Period.parse(name.replace(INSTEAD, BETWEEN));
    }

    Path path(Period period) {
        return directory.resolve(name(period));
    }

    /**
     * The periods that have a directory, by time; complete or not.
     *
     * @throws ArchiveException when it cannot be listed, or has periods of several calendars
     */
    List<Period> periods() {
        List<Period> periods = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> period(path.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .forEach(periods::add);
        } catch (IOException e) {
            throw new ArchiveException(directory + ": cannot be listed: " + e, e);
        }
        periods.sort(Comparator.naturalOrder());
        for (Period period : periods) {
            if (!period.calendar().equals(periods.getFirst().calendar())) {
                throw new ArchiveException(directory + ": has " + periods.getFirst() + " and " + period
                        + ": the archives of each calendar need a directory of their own");
            }
        }
        return periods;
    }

    /** Whether a period's archive is complete. */
    boolean isComplete(Period period) {
        return Files.exists(path(period).resolve(Manifest.FILE), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * A complete archive.
     *
     * @throws ArchiveException when its manifest cannot be read; the message names it
     */
    Archive archive(Period period) {
        Path file = path(period).resolve(Manifest.FILE);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new ArchiveException(file + ": is missing; the export of " + period + " is not complete");
            }
            byte[] content = Files.readAllBytes(file);
            Manifest manifest = ManifestJson.read(content);
            if (!manifest.period().equals(period)) {
                throw new ArchiveException(
                        file + ": is the manifest of " + manifest.period() + ", in the directory of " + period);
            }
            return new Archive(path(period), manifest, content);
        } catch (IllegalArgumentException e) {
            throw new ArchiveException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ArchiveException(file + ": cannot be read: " + e, e);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
