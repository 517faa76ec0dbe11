package org.callclear.settlement.reconcile;

import java.util.List;
import org.callclear.schemas.avro.FileDispute;
import org.callclear.schemas.avro.FileEntry;
import org.callclear.schemas.avro.FileLeg;
import org.callclear.schemas.avro.Irregularity;
import org.callclear.schemas.avro.ReconciliationClass;
import org.jspecify.annotations.Nullable;

/** How far one attempt has come, while its call's file is open: a {@link FileLeg} that can be written in. */
final class LegState {
    private final int leg;
    private long waitsSince;
    private boolean givenUp;
    private @Nullable FileEntry entry;
    private int entries;
    private int revision;
    private @Nullable FileDispute dispute;
    private long reratedOrigination;
    private long reratedTermination;
    private ReconciliationClass reconciliation;
    private List<Irregularity> irregularities = List.of();

    LegState(int leg) {
        this.leg = leg;
        this.reconciliation = ReconciliationClass.UNKNOWN_CLASS;
    }

    static LegState of(FileLeg record) {
        LegState state = new LegState(record.getLeg());
        state.waitsSince = record.getWaitsSince();
        state.givenUp = record.getGivenUp();
        state.entry = record.getEntry();
        state.entries = record.getEntries();
        state.revision = record.getRevision();
        state.dispute = record.getDispute();
        state.reratedOrigination = record.getReratedOrigination();
        state.reratedTermination = record.getReratedTermination();
        state.reconciliation = record.getReconciliation();
        state.irregularities = record.getIrregularities();
        return state;
    }

    FileLeg record() {
        return new FileLeg(
                leg,
                waitsSince,
                givenUp,
                entry,
                entries,
                revision,
                dispute,
                reratedOrigination,
                reratedTermination,
                reconciliation,
                irregularities);
    }

    int getLeg() {
        return leg;
    }

    long getWaitsSince() {
        return waitsSince;
    }

    void setWaitsSince(long waitsSince) {
        this.waitsSince = waitsSince;
    }

    boolean getGivenUp() {
        return givenUp;
    }

    void setGivenUp(boolean givenUp) {
        this.givenUp = givenUp;
    }

    @Nullable
    FileEntry getEntry() {
        return entry;
    }

    void setEntry(@Nullable FileEntry entry) {
        this.entry = entry;
    }

    int getEntries() {
        return entries;
    }

    void setEntries(int entries) {
        this.entries = entries;
    }

    int getRevision() {
        return revision;
    }

    void setRevision(int revision) {
        this.revision = revision;
    }

    @Nullable
    FileDispute getDispute() {
        return dispute;
    }

    void setDispute(@Nullable FileDispute dispute) {
        this.dispute = dispute;
    }

    long getReratedOrigination() {
        return reratedOrigination;
    }

    void setReratedOrigination(long reratedOrigination) {
        this.reratedOrigination = reratedOrigination;
    }

    long getReratedTermination() {
        return reratedTermination;
    }

    void setReratedTermination(long reratedTermination) {
        this.reratedTermination = reratedTermination;
    }

    ReconciliationClass getReconciliation() {
        return reconciliation;
    }

    void setReconciliation(ReconciliationClass reconciliation) {
        this.reconciliation = reconciliation;
    }

    List<Irregularity> getIrregularities() {
        return irregularities;
    }

    void setIrregularities(List<Irregularity> irregularities) {
        this.irregularities = irregularities;
    }
}
