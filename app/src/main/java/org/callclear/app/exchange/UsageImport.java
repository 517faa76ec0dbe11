package org.callclear.app.exchange;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.callclear.app.exchange.KnownFiles.Standing;
import org.callclear.schemas.avro.ExchangeDirection;
import org.callclear.schemas.avro.UsageFile;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.wire.KafkaAccess;
import org.jspecify.annotations.Nullable;

/**
 * Takes a file of usage records in: checks it whole, then writes its good rows and a note of the file in one Kafka
 * transaction. A file goes in once.
 */
public final class UsageImport {
    private final KafkaAccess access;
    private final Request request;
    private final String name;
    private final Instant now;

    private UsageImport(KafkaAccess access, Request request, Clock clock) {
        this.access = access;
        this.request = request;
        this.name = String.valueOf(request.file().getFileName());
        this.now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * What to take in.
     *
     * @param file the CSV
     * @param carrier who reports
     * @param audit its audit file; null: the one beside it, when there is one
     * @param requireAudit whether to refuse a file without
     * @param allowGap whether sequence numbers may be missing before this file's
     * @param report where the rows at fault go; null: beside the file
     * @param by who asks
     */
    public record Request(
            Path file,
            CarrierId carrier,
            @Nullable Path audit,
            boolean requireAudit,
            boolean allowGap,
            @Nullable Path report,
            String by) {
        /** Where the rows at fault go. */
        public Path reportPath() {
            return report != null ? report : file.resolveSibling(file.getFileName() + ".report.csv");
        }
    }

    /** What came of it. */
    public sealed interface Result {
        /**
         * The rows taken are on the carrier's topic.
         *
         * @param corrections rows among those taken whose version is above 1, wherever the version before was said
         * @param notices what whoever asked should know
         */
        record Imported(UsageFile file, long corrections, List<String> notices) implements Result {
            public Imported {
                notices = List.copyOf(notices);
            }
        }

        /** The very same file went in before; nothing was done. */
        record Before(UsageFile file) implements Result {}

        /**
         * Nothing was written.
         *
         * @param why a line for each reason
         */
        record Refused(List<String> why) implements Result {
            public Refused {
                why = List.copyOf(why);
            }
        }
    }

    /**
     * Takes a file in.
     *
     * @param access of the party {@code administration}
     * @throws ExchangeException when the file as a whole cannot be used, or Kafka not be written
     */
    public static Result run(KafkaAccess access, Request request, Clock clock) {
        try {
            return new UsageImport(access, request, clock).run();
        } catch (KafkaException e) {
            throw new ExchangeException(
                    "usage records cannot be imported to " + access.bootstrapServers() + ": " + e.getMessage(), e);
        }
    }

    private Result run() {
        byte[] digest = FileDigest.of(request.file());
        CarrierTopic.require(access, request.carrier());
        Optional<AuditFile> audit = audit();
        long sequence = audit.map(AuditFile::sequence).orElse(0L);
        // Before the long reading, and again when no other import can come between.
        Standing before = standing(digest, sequence);
        if (!(before instanceof Standing.Fresh)) {
            return ended(before);
        }
        CheckedFile checked = check(digest);
        List<String> differences = audit.map(
                        said -> said.differences(request.carrier().value(), name, checked.digestBytes(), checked.all()))
                .orElse(List.of());
        if (!differences.isEmpty()) {
            return refused(differences.stream().map(line -> "audit: " + line).toList());
        }
        if (checked.taken().isEmpty() && checked.faulty() > 0) {
            return refused(List.of(
                    "none of its " + checked.all().records() + " rows can be used; see " + request.reportPath()));
        }
        return write(checked, sequence);
    }

    private Optional<AuditFile> audit() {
        if (request.audit() != null) {
            return Optional.of(AuditFile.read(request.audit()));
        }
        Path beside = AuditFile.beside(request.file());
        if (Files.exists(beside)) {
            return Optional.of(AuditFile.read(beside));
        }
        if (request.requireAudit()) {
            throw new ExchangeException(request.file() + ": has no audit file; " + beside + " is not there");
        }
        return Optional.empty();
    }

    private Standing standing(byte[] digest, long sequence) {
        return UsageFiles.read(access, request.carrier()).standing(name, digest, sequence, request.allowGap());
    }

    private CheckedFile check(byte[] digest) {
        try (FaultReport report = new FaultReport(request.reportPath())) {
            CheckedFile checked =
                    FileCheck.check(request.file(), request.carrier().value(), now, report);
            report.finish();
            if (!Arrays.equals(digest, checked.digestBytes())) {
                throw RowSending.changed(request.file());
            }
            return checked;
        }
    }

    private Result write(CheckedFile checked, long sequence) {
        try (UsageTransaction transaction = UsageTransaction.open(access, "import", request.carrier())) {
            Standing standing = standing(checked.digestBytes(), sequence);
            if (!(standing instanceof Standing.Fresh fresh)) {
                return ended(standing);
            }
            UsageFile note = note(checked, sequence);
            transaction.begin();
            RowSending.send(request.file(), request.carrier(), checked, now, transaction);
            transaction.send(note);
            transaction.commit();
            return new Result.Imported(note, checked.corrections(), fresh.notices());
        }
    }

    private Result ended(Standing standing) {
        return switch (standing) {
            case Standing.Before before -> new Result.Before(before.file());
            case Standing.Refused no -> refused(no.why());
            case Standing.Fresh fresh -> throw new IllegalStateException("a new file ends nothing");
        };
    }

    private Result refused(List<String> why) {
        List<String> lines = new ArrayList<>();
        why.forEach(line -> lines.add(request.file() + ": " + line));
        lines.add("nothing was imported");
        return new Result.Refused(lines);
    }

    private UsageFile note(CheckedFile checked, long sequence) {
        Totals taken = checked.takenTotals();
        return new UsageFile(
                ExchangeDirection.IMPORTED,
                request.carrier().value(),
                name,
                ByteBuffer.wrap(checked.digestBytes()),
                sequence,
                checked.all().records(),
                taken.records(),
                checked.repeated(),
                checked.faulty(),
                taken.first(),
                taken.last(),
                taken.talkedMillis().longValueExact(),
                Map.of(),
                now,
                request.by());
    }
}
