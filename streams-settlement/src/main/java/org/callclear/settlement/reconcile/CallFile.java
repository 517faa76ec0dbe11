package org.callclear.settlement.reconcile;

import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.FileGrant;
import org.callclear.schemas.avro.FileLeg;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.SettlementFile;
import org.jspecify.annotations.Nullable;

/** All that is known of a call, while it is being looked at: a {@link SettlementFile} that can be written in. For one thread. */
public final class CallFile {
    private final List<FileReport> reports;
    private final List<LegState> legs;
    private final List<String> commands;
    private @Nullable FileGrant grant;

    private CallFile(@Nullable FileGrant grant, List<FileReport> reports, List<LegState> legs, List<String> commands) {
        this.grant = grant;
        this.reports = reports;
        this.legs = legs;
        this.commands = commands;
    }

    /** The file of a call nobody has heard of. */
    public static CallFile empty() {
        return new CallFile(null, new ArrayList<>(2), new ArrayList<>(1), new ArrayList<>(0));
    }

    /**
     * A file as it was kept.
     *
     * @param record just read: it is taken over
     */
    public static CallFile of(SettlementFile record) {
        List<LegState> legs = new ArrayList<>(record.getLegs().size());
        for (FileLeg leg : record.getLegs()) {
            legs.add(LegState.of(leg));
        }
        List<FileReport> reports = new ArrayList<>(record.getReports());
        Packing.unpack(reports, record.getGrant());
        return new CallFile(record.getGrant(), reports, legs, new ArrayList<>(record.getCommands()));
    }

    /** @param openUntil log time until which it is kept at hand, ms since 1970; {@link Files#NONE} for not at all */
    public SettlementFile record(long openUntil) {
        List<FileLeg> records = new ArrayList<>(legs.size());
        for (LegState leg : legs) {
            records.add(leg.record());
        }
        return new SettlementFile(grant, Packing.packed(reports, grant), records, commands, openUntil);
    }

    /** The authorization; null while it has not been seen. */
    public @Nullable FileGrant getGrant() {
        return grant;
    }

    void setGrant(FileGrant grant) {
        this.grant = grant;
    }

    /** Whether no attempt was reported. */
    public boolean isUnheardOf() {
        return legs.isEmpty();
    }

    /** @param endedBefore ms since 1970: whether all its calls had ended by then, and no dispute over them is open */
    public boolean isOver(long endedBefore) {
        return reports.stream().allMatch(report -> report.getEndedAt() < endedBefore && !Strangers.isOpen(report))
                && legs.stream().noneMatch(leg -> Disputes.isOpen(leg.getDispute()));
    }

    List<FileReport> getReports() {
        return reports;
    }

    List<LegState> getLegs() {
        return legs;
    }

    List<String> getCommands() {
        return commands;
    }

    void replace(FileReport known, FileReport with) {
        for (int i = 0; i < reports.size(); i++) {
            if (isSame(reports.get(i), known)) {
                reports.set(i, with);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // this very report of the file
    private static boolean isSame(FileReport one, FileReport other) {
        return one == other;
    }
}
