package org.callclear.settlement.codec;

import java.util.List;
import java.util.function.BiConsumer;
import org.callclear.schemas.avro.FileDispute;
import org.callclear.schemas.avro.FileEntry;
import org.callclear.schemas.avro.FileGrant;
import org.callclear.schemas.avro.FileLeg;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.FileRoute;
import org.callclear.schemas.avro.SettlementFile;
import org.jspecify.annotations.Nullable;

/** Writes the files of calls, as they stand in the stores. */
final class FileWriter {
    private FileWriter() {}

    static void file(SettlementFile file, AvroWriter writer) {
        optional(file.getGrant(), writer, FileWriter::grant);
        array(file.getReports(), writer, FileWriter::report);
        array(file.getLegs(), writer, FileWriter::leg);
        array(file.getCommands(), writer, (text, to) -> to.writeString(text));
        writer.writeLong(file.getOpenUntil());
    }

    private static void grant(FileGrant grant, AvroWriter writer) {
        writer.writeString(grant.getOriginatingCarrier());
        writer.writeString(grant.getCalled());
        Agreements.write(grant.getAgreement(), writer);
        writer.writeLong(grant.getTerms());
        array(grant.getRoutes(), writer, FileWriter::route);
        writer.writeLong(grant.getGrantedAt());
    }

    private static void route(FileRoute route, AvroWriter writer) {
        writer.writeLong(route.getLeg());
        writer.writeString(route.getTerminatingCarrier());
        writer.writeString(route.getTransactionId());
        writer.writeLong(route.getMaxDurationSeconds());
        writer.writeLong(route.getTerms());
        writer.writeLong(route.getValidMillis());
    }

    private static void report(FileReport report, AvroWriter writer) {
        writer.writeLong(report.getLeg());
        writer.writeEnum(report.getRole());
        writer.writeString(report.getReporter());
        writer.writeOptional(report.getTransactionId());
        writer.writeString(report.getOriginatingCarrier());
        writer.writeOptional(report.getTerminatingCarrier());
        writer.writeOptional(report.getGateway());
        writer.writeString(report.getCalling());
        writer.writeString(report.getCalled());
        writer.writeLong(report.getSetupAt());
        writer.writeLong(report.getAnsweredAt());
        writer.writeLong(report.getEndedAt());
        writer.writeLong(report.getSipStatus());
        writer.writeLong(report.getQ850Cause());
        writer.writeEnum(report.getReleaseSource());
        writer.writeLong(report.getVersion());
        writer.writeLong(report.getSourcePartition());
        writer.writeLong(report.getSourceOffset());
        writer.writeEnum(report.getRating());
        writer.writeLong(report.getTerms());
        Agreements.writeOptional(report.getAgreement(), writer);
        array(report.getEarlier(), writer, (bytes, to) -> to.writeBytes(bytes));
        writer.writeString(report.getStrangerState());
        writer.writeLong(report.getStrangerRevision());
        writer.writeLong(report.getAcceptedAt());
    }

    private static void leg(FileLeg leg, AvroWriter writer) {
        writer.writeLong(leg.getLeg());
        writer.writeLong(leg.getWaitsSince());
        writer.writeBoolean(leg.getGivenUp());
        optional(leg.getEntry(), writer, FileWriter::entry);
        writer.writeLong(leg.getEntries());
        writer.writeLong(leg.getRevision());
        optional(leg.getDispute(), writer, FileWriter::dispute);
        writer.writeLong(leg.getReratedOrigination());
        writer.writeLong(leg.getReratedTermination());
        writer.writeEnum(leg.getReconciliation());
        array(leg.getIrregularities(), writer, (irregularity, to) -> to.writeEnum(irregularity));
    }

    private static void entry(FileEntry entry, AvroWriter writer) {
        writer.writeEnum(entry.getReconciliation());
        writer.writeString(entry.getOriginatingCarrier());
        writer.writeString(entry.getTerminatingCarrier());
        writer.writeLong(entry.getRatedAt());
        writer.writeLong(entry.getSettledMillis());
        writer.writeLong(entry.getClaimedMillis());
        writer.writeLong(entry.getOriginationTerms());
        writer.writeLong(entry.getTerminationTerms());
        writer.writeBoolean(entry.getAttempt());
    }

    private static void dispute(FileDispute dispute, AvroWriter writer) {
        writer.writeString(dispute.getState());
        writer.writeLong(dispute.getRevision());
        writer.writeLong(dispute.getSplitMillis());
        writer.writeEnum(dispute.getReconciliation());
        writer.writeLong(dispute.getSettledMillis());
        writer.writeLong(dispute.getClaimedMillis());
    }

    private static <T> void optional(@Nullable T value, AvroWriter writer, BiConsumer<T, AvroWriter> write) {
        writer.writeIsThere(value != null);
        if (value != null) {
            write.accept(value, writer);
        }
    }

    private static <T> void array(List<T> elements, AvroWriter writer, BiConsumer<T, AvroWriter> write) {
        writer.writeBlock(elements.size());
        for (T element : elements) {
            write.accept(element, writer);
        }
        writer.writeEnd(elements.size());
    }
}
