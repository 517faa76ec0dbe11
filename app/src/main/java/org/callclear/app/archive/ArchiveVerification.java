package org.callclear.app.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.callclear.app.archive.ArchiveDirectory.Archive;
import org.callclear.app.archive.ArchivedTopics.Kind;
import org.callclear.app.archive.Manifest.Share;
import org.callclear.settlement.evidence.StatementKey;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.proof.Hashes;
import org.jspecify.annotations.Nullable;

/** Checks a directory of archives: signatures, the chain, every file, every record. */
public final class ArchiveVerification {
    private final Path root;
    private final ArchiveDirectory archives;
    private final @Nullable PublicKey key;
    private final Consumer<String> progress;
    private final List<String> faults = new ArrayList<>();
    private long files;
    private long records;
    private String head = "";

    private ArchiveVerification(Path root, @Nullable PublicKey key, Consumer<String> progress) {
        this.root = root;
        this.archives = new ArchiveDirectory(root);
        this.key = key;
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param faults a line each, which begins with the file at fault; none when all is as it was
     * @param head SHA-256 of the last manifest: who has kept it elsewhere sees whether the end was cut off
     */
    public record Found(List<String> faults, int periods, long files, long records, String head) {
        public Found {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Checks.
     *
     * @param key that the manifests must be signed with; null to check no signatures
     * @param progress takes a line for each period
     * @throws ArchiveException when the directory itself cannot be read, or holds no archive
     */
    public static Found of(Path directory, @Nullable PublicKey key, Consumer<String> progress) {
        return new ArchiveVerification(directory, key, progress).run();
    }

    private Found run() {
        List<Period> periods = archives.periods();
        if (periods.isEmpty()) {
            throw new ArchiveException(root + ": there is no archive in it");
        }
        nothingElse(periods);
        Archive before = null;
        for (Period period : periods) {
            try {
                Archive archive = archives.archive(period);
                check(archive, before);
                head = Hashes.hex(archive.content());
                before = archive;
                progress.accept(period + ": " + archive.manifest().shares().size() + " partitions checked");
            } catch (ArchiveException e) {
                faults.add(String.valueOf(e.getMessage()));
                before = null;
            }
        }
        return new Found(faults, periods.size(), files, records, head);
    }

    private void fault(Path file, String what) {
        faults.add(file + ": " + what);
    }

    private void nothingElse(List<Period> periods) {
        Set<String> known = new HashSet<>();
        for (Period period : periods) {
            known.add(ArchiveDirectory.name(period));
            known.add(ExportLog.at(root, ArchiveDirectory.name(period))
                    .getFileName()
                    .toString());
        }
        for (Path path : list(root)) {
            if (!known.contains(path.getFileName().toString())) {
                fault(path, "does not belong there");
            }
        }
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new ArchiveException(directory + ": cannot be listed: " + e, e);
        }
    }

    private void check(Archive archive, @Nullable Archive before) {
        Path manifest = archive.path().resolve(Manifest.FILE);
        if (key != null && !isSigned(archive.manifest(), key)) {
            fault(manifest, "is not signed with this key");
        }
        chain(archive, before, manifest);
        Set<String> named = new HashSet<>(Set.of(Manifest.FILE));
        Set<String> places = new HashSet<>();
        for (Share share : archive.manifest().shares()) {
            if (!places.add(share.place())) {
                fault(manifest, share.place() + ": stands there twice");
            }
            share.files().forEach(file -> {
                if (!named.add(file.name())) {
                    fault(manifest, file.name() + ": stands there twice");
                }
            });
            range(share, manifest);
            begin(share, archive.manifest(), before == null ? null : before.manifest(), manifest);
            content(archive, share);
        }
        if (journals(archive) == 0) {
            fault(manifest, "has nothing of the journal");
        }
        for (Path path : list(archive.path())) {
            if (!named.contains(path.getFileName().toString())) {
                fault(path, "does not belong there");
            }
        }
    }

    /** Whether a manifest bears a signature of that key. */
    static boolean isSigned(Manifest manifest, PublicKey key) {
        Manifest.Signature signed = manifest.signature();
        return signed != null
                && new StatementKey(key)
                        .signed(
                                ManifestJson.bytes(manifest.signed(new Manifest.Signature(signed.key(), ""))),
                                HexFormat.of().parseHex(signed.value()));
    }

    /** The first archive of a directory has none before it; after a manifest that cannot be read nothing can be said. */
    private void chain(Archive archive, @Nullable Archive before, Path file) {
        Manifest manifest = archive.manifest();
        if (before == null) {
            boolean isFirst = archives.periods().getFirst().equals(manifest.period());
            if (isFirst && !manifest.previous().isEmpty()) {
                fault(file, "follows an archive that is not there");
            }
            return;
        }
        if (!before.manifest().period().next().equals(manifest.period())) {
            fault(file, "the archive of " + before.manifest().period().next() + " before it is missing");
        } else if (!manifest.previous().equals(Hashes.hex(before.content()))) {
            fault(
                    file,
                    "does not follow " + before.path().resolve(Manifest.FILE) + ": one of the two is not what it was");
        }
        for (Share share : before.manifest().shares()) {
            if (share.kind() != Kind.STATE && manifest.share(share.topic(), share.partition()) == null) {
                fault(
                        file,
                        share.place() + ": is missing, and was there in "
                                + before.manifest().period());
            }
        }
    }

    private static int journals(Archive archive) {
        return (int) archive.manifest().shares().stream()
                .filter(share -> share.kind() == Kind.JOURNAL)
                .count();
    }

    private void range(Share share, Path file) {
        if (share.begin() < share.from() || share.to() < share.begin()) {
            fault(file, share.place() + ": begins after its end");
        }
        if (share.kind() == Kind.JOURNAL && share.begin() != share.from()) {
            fault(file, share.place() + ": offsets " + share.from() + " to " + share.begin() + " are missing");
        }
        if (!ArchivedTopics.kind(share.topic()).equals(Optional.of(share.kind()))) {
            fault(file, share.place() + ": does not belong into an archive");
        }
    }

    /** Where the archive before it ended, or at 0; after a manifest that cannot be read nothing can be said. */
    private void begin(Share share, Manifest manifest, @Nullable Manifest before, Path file) {
        if (share.kind() == Kind.STATE) {
            if (share.from() != share.begin()) {
                fault(file, share.place() + ": is state, and begins at " + share.begin() + ", not at " + share.from());
            }
            return;
        }
        Share earlier = before == null ? null : before.share(share.topic(), share.partition());
        boolean isKnown = before != null || archives.periods().getFirst().equals(manifest.period());
        if (earlier != null && earlier.to() != share.from()) {
            fault(
                    file,
                    share.place() + ": begins at " + share.from() + ", and the archive before it ends at "
                            + earlier.to());
        } else if (earlier == null && isKnown && share.from() != 0) {
            fault(file, share.place() + ": begins at " + share.from() + ", and no archive before it has offset 0");
        }
    }

    private void content(Archive archive, Share share) {
        boolean whole = true;
        for (Manifest.Content file : share.files()) {
            files++;
            Path path = archive.file(file);
            try {
                FileSum found = FileSum.of(path);
                if (!found.equals(file.sum())) {
                    fault(path, "is not what it was: " + Damage.of(archive.path(), share, file, found));
                    whole = false;
                }
            } catch (NoSuchFileException e) {
                fault(path, "is missing");
                whole = false;
            } catch (IOException e) {
                fault(path, "cannot be read: " + e);
                whole = false;
            }
        }
        if (whole) {
            records(archive, share);
        }
    }

    private void records(Archive archive, Share share) {
        Path manifest = archive.path().resolve(Manifest.FILE);
        ClosingBarrier closing = new ClosingBarrier(archive.manifest().period(), share, journals(archive));
        long before = share.begin() - 1;
        long count = 0;
        try (ShareReader reader = new ShareReader(archive.path(), share, KeptReader.Form.WRITTEN)) {
            for (Kept record = reader.next(); record != null; record = reader.next()) {
                count++;
                if (record.offset() <= before || record.offset() >= share.to()) {
                    fault(reader.file(), "offset " + record.offset() + " stands where it does not belong");
                    return;
                }
                before = record.offset();
                closing.see(record);
            }
        } catch (IOException e) {
            faults.add(String.valueOf(e.getMessage()));
            return;
        } finally {
            records += count;
        }
        if (count != share.records()) {
            fault(manifest, share.place() + ": has " + count + " records, and the manifest says " + share.records());
        }
        if (share.kind() == Kind.JOURNAL) {
            closing.fault().ifPresent(what -> fault(manifest, what));
        }
    }
}
