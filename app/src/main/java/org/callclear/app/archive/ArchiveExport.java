package org.callclear.app.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.app.archive.ArchivedTopics.Kind;
import org.callclear.app.archive.Manifest.Share;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.settlement.period.JournalStandings;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.proof.Hashes;
import org.callclear.settlement.statement.StatementJson;
import org.callclear.tokens.secrets.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * Writes the archive of a closed period. What is whole is never written again: an export that was cut off goes on where it
 * was, and one that is complete changes nothing.
 */
public final class ArchiveExport {
    private final RecordSource source;
    private final NumberKeys keys;
    private final ManifestSigner signer;
    private final Clock clock;
    private final Consumer<String> progress;

    /**
     * @param keys that hide numbers
     * @param signer of the manifest
     * @param progress takes a line for each partition
     */
    public ArchiveExport(
            RecordSource source, NumberKeys keys, ManifestSigner signer, Clock clock, Consumer<String> progress) {
        this.source = source;
        this.keys = keys;
        this.signer = signer;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param fresh false when the archive was complete before
     */
    public record Done(Path directory, boolean fresh, long records, long bytes) {}

    /** What of a key file that did not hide the numbers of the archive before. */
    public enum OtherKeys {
        /** It is a mistake. */
        REFUSED,
        /** The file before is lost, or no longer wanted: what it hides stays hidden by it. */
        TAKEN
    }

    /** Exports, with the key file of the archive before. */
    public Done run(Period period, Path into) {
        return run(period, into, OtherKeys.REFUSED);
    }

    /**
     * Exports.
     *
     * @param into where the archives of the period's calendar are; made when it is missing
     * @throws ArchiveException when the period is not closed, the one before it is not archived or has another key file,
     *     or the log or the directory cannot be used
     */
    public Done run(Period period, Path into, OtherKeys otherKeys) {
        ArchiveDirectory archives = new ArchiveDirectory(into);
        Path log = ExportLog.at(into, ArchiveDirectory.name(period));
        try {
            OwnerOnly.createDirectory(into);
            ArchiveDirectory.Archive before = before(archives, period);
            if (archives.isComplete(period)) {
                Files.deleteIfExists(log);
                return done(archives.archive(period), false);
            }
            requireClosed(period);
            if (before != null && otherKeys == OtherKeys.REFUSED) {
                KeyFiles.require(before.path().toString(), before.manifest(), keys);
            }
            // Before the plan names it: one that is made anew after a crash has another id.
            keys.save();
            try (ExportLog exportLog = ExportLog.take(log)) {
                if (archives.isComplete(period)) {
                    // Another export came to its end after we looked and before we had the lock.
                    exportLog.end(log);
                    return done(archives.archive(period), false);
                }
                Manifest plan = planned(exportLog, period, before);
                OwnerOnly.createDirectory(archives.path(period));
                write(plan, archives.path(period), exportLog);
                exportLog.end(log);
            }
            return done(archives.archive(period), true);
        } catch (IOException e) {
            throw new ArchiveException(into + ": cannot be written: " + ShareWriter.reason(e), e);
        }
    }

    private static Done done(ArchiveDirectory.Archive archive, boolean fresh) {
        List<Manifest.Content> files = archive.manifest().shares().stream()
                .flatMap(share -> share.files().stream())
                .toList();
        return new Done(
                archive.path(),
                fresh,
                files.stream().mapToLong(Manifest.Content::records).sum(),
                files.stream().mapToLong(file -> file.sum().size()).sum());
    }

    private static ArchiveDirectory.@Nullable Archive before(ArchiveDirectory archives, Period period) {
        List<Period> earlier = archives.periods().stream()
                .filter(other -> {
                    if (!other.calendar().equals(period.calendar())) {
                        throw new ArchiveException(archives + ": has archives of " + other
                                + "; those of another calendar need a directory of their own");
                    }
                    return other.compareTo(period) < 0;
                })
                .toList();
        if (earlier.isEmpty()) {
            return null;
        }
        Period last = earlier.getLast();
        if (!last.next().equals(period)) {
            throw new ArchiveException(archives + ": the last archive before " + period + " is " + last + "; export "
                    + last.next() + " first");
        }
        return archives.archive(last);
    }

    private void requireClosed(Period period) {
        Optional<Period> open = source.openPeriods().stream()
                .filter(other -> other.calendar().equals(period.calendar()))
                .findFirst();
        if (open.isEmpty() || open.get().compareTo(period) <= 0) {
            throw new ArchiveException("period '" + period + "': is not closed"
                    + open.map(other -> "; open is " + other).orElse(": no period of its calendar has begun"));
        }
    }

    private Manifest planned(ExportLog log, Period period, ArchiveDirectory.@Nullable Archive before)
            throws IOException {
        String previous = before == null ? "" : Hashes.hex(before.content());
        Optional<Manifest> known = log.plan();
        if (known.isPresent()) {
            if (!known.get().previous().equals(previous)) {
                throw new ArchiveException("the archive before " + period
                        + " was changed since its export began; delete the half-written one and export again");
            }
            KeyFiles.require("the archive of " + period + ", which was begun before", known.get(), keys);
            return known.get();
        }
        Manifest plan = new Manifest(
                period,
                StatementJson.ENGINE,
                clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
                previous,
                keys.id(),
                shares(before == null ? null : before.manifest()),
                null);
        log.begin(plan);
        return plan;
    }

    private List<Share> shares(@Nullable Manifest before) {
        List<Share> shares = new ArrayList<>();
        for (String topic : source.topics()) {
            ArchivedTopics.kind(topic)
                    .ifPresent(kind -> source.reaches(topic)
                            .forEach((partition, reach) -> shares.add(share(
                                    topic,
                                    partition,
                                    kind,
                                    reach,
                                    before == null ? null : before.share(topic, partition)))));
        }
        return shares;
    }

    private Share share(String topic, int partition, Kind kind, RecordSource.Reach reach, @Nullable Share before) {
        if (kind == Kind.STATE) {
            return new Share(topic, partition, kind, reach.begin(), reach.begin(), reach.end(), List.of());
        }
        long from = before == null ? 0 : before.to();
        // The journal goes up to a barrier; that may stand behind an open transaction, whose end is then waited for.
        long to = kind == Kind.JOURNAL ? reach.written() : reach.end();
        String place = topic + " partition " + partition;
        if (to < from) {
            throw new ArchiveException(place + ": ends at " + to + ", before offset " + from
                    + ", where the last archive ended: it is not the topic that was archived");
        }
        if (reach.begin() > from) {
            String gone = place + ": begins at offset " + reach.begin() + "; from " + from + " on it is gone";
            if (kind == Kind.JOURNAL) {
                throw new ArchiveException(gone);
            }
            progress.accept(gone);
        }
        return new Share(topic, partition, kind, from, Math.max(from, reach.begin()), to, List.of());
    }

    private void write(Manifest plan, Path directory, ExportLog log) throws IOException {
        List<Share> whole = new ArrayList<>();
        for (Share share : plan.shares()) {
            Optional<Share> before = log.finished().stream()
                    .filter(other -> other.place().equals(share.place()))
                    .reduce((earlier, later) -> later)
                    .filter(other -> isWhole(other, directory));
            if (before.isPresent()) {
                whole.add(before.get());
            } else {
                Share written = written(plan.period(), share, directory);
                log.add(written);
                whole.add(written);
                progress.accept(share.place() + ": " + written.records() + " records");
            }
        }
        sweep(directory, whole);
        Manifest unsigned = new Manifest(
                plan.period(),
                plan.engine(),
                plan.createdAt(),
                plan.previous(),
                plan.keyFile(),
                whole,
                new Manifest.Signature(signer.keyId(), ""));
        byte[] signature = signer.sign(ManifestJson.bytes(unsigned));
        Manifest signed = unsigned.signed(
                new Manifest.Signature(signer.keyId(), HexFormat.of().formatHex(signature)));
        OwnerOnly.replace(directory.resolve(Manifest.FILE), ManifestJson.bytes(signed));
    }

    private static boolean isWhole(Share share, Path directory) {
        for (Manifest.Content file : share.files()) {
            try {
                if (!FileSum.of(directory.resolve(file.name())).equals(file.sum())) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    /** Deletes what an export left that was cut off. */
    private static void sweep(Path directory, List<Share> whole) throws IOException {
        List<String> kept = whole.stream()
                .flatMap(share -> share.files().stream())
                .map(Manifest.Content::name)
                .toList();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!kept.contains(name) && (name.endsWith(".avro") || name.contains(ArchiveFileWriter.HALF_WRITTEN))) {
                    Files.delete(file);
                }
            }
        }
    }

    private Share written(Period period, Share share, Path directory) throws IOException {
        requireBegin(share);
        try (ShareWriter writer =
                new ShareWriter(source, keys, directory, period.id(), share.topic(), share.partition())) {
            long to = share.kind() == Kind.JOURNAL ? journal(period, share, writer) : plain(share, writer);
            return new Share(
                    share.topic(), share.partition(), share.kind(), share.from(), share.begin(), to, writer.finish());
        }
    }

    /** The plan may be days old: what retention has taken since cannot be left out of what the plan says is there. */
    private void requireBegin(Share share) {
        RecordSource.Reach reach = source.reaches(share.topic()).get(share.partition());
        if (reach == null) {
            throw new ArchiveException(share.place() + ": is not there any more");
        }
        if (reach.begin() > share.begin() && share.to() > share.begin()) {
            throw new ArchiveException(
                    share.place() + ": is to be read from offset " + share.begin()
                            + ", and the first offset there is " + reach.begin()
                            + ": what was planned is gone; delete the half-written archive and its export log, and export again");
        }
    }

    private long plain(Share share, ShareWriter writer) {
        source.read(share.topic(), share.partition(), share.begin(), share.to(), record -> {
            writer.take(record);
            return true;
        });
        return share.to();
    }

    /** Up to the barrier that closes the period, which it is the last record of. */
    private long journal(Period period, Share share, ShareWriter writer) {
        AtomicBoolean closed = new AtomicBoolean();
        long[] to = {share.begin()};
        source.read(share.topic(), share.partition(), share.begin(), share.to(), record -> {
            writer.take(record);
            to[0] = record.offset() + 1;
            closed.set(writer.barrier(record)
                    .map(barrier -> isClosed(period, barrier, record))
                    .orElse(false));
            return !closed.get();
        });
        if (!closed.get()) {
            throw new ArchiveException(share.place() + ": has no barrier that closes " + period);
        }
        return to[0];
    }

    private static boolean isClosed(Period period, PeriodBarrier barrier, ConsumerRecord<byte[], byte[]> record) {
        Optional<Period> closes = JournalStandings.closed(barrier)
                .filter(other -> other.calendar().equals(period.calendar()));
        if (closes.isPresent() && !closes.get().equals(period)) {
            throw new ArchiveException("at offset " + record.offset() + " the journal closes " + closes.get()
                    + ", before " + period + ": export " + closes.get() + " first");
        }
        return closes.isPresent();
    }
}
