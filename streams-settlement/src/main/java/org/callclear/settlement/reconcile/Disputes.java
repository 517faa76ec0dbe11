package org.callclear.settlement.reconcile;

import org.callclear.schemas.avro.FileDispute;
import org.callclear.schemas.avro.ReconciliationClass;
import org.jspecify.annotations.Nullable;

/** The life of a dispute: it opens when two sides disagree, is decided by people, and ends by itself when they agree after all. */
final class Disputes {
    static final String OPEN = "OPEN";
    static final String ACCEPTED = "ACCEPTED";
    static final String SPLIT = "SPLIT";
    static final String WITHDRAWN = "WITHDRAWN";

    private Disputes() {}

    /**
     * The dispute after what was found; the same object when nothing changes.
     *
     * @param priced whether both sides have terms: without them no decision stands by which more is owed
     */
    static @Nullable FileDispute next(@Nullable FileDispute known, @Nullable Comparison found, boolean priced) {
        if (found == null || !found.disputed()) {
            return known == null ? null : over(known);
        }
        if (known == null) {
            return about(found, OPEN, 1);
        }
        return isAbout(known, found) && (priced || !owesMore(known))
                ? known
                : about(found, OPEN, known.getRevision() + 1);
    }

    static boolean isOpen(@Nullable FileDispute dispute) {
        return dispute != null && dispute.getState().equals(OPEN);
    }

    /** What settles once people have, or have not yet, decided. */
    static long settled(Comparison found, @Nullable FileDispute dispute) {
        if (dispute == null || !found.disputed()) {
            return found.settled();
        }
        return switch (dispute.getState()) {
            case ACCEPTED -> found.claimed();
            case SPLIT -> dispute.getSplitMillis();
            default -> found.settled();
        };
    }

    /** What is claimed and withheld: nothing any more once people have decided. */
    static long claimed(Comparison found, @Nullable FileDispute dispute) {
        return isOpen(dispute) ? found.claimed() : Files.NONE;
    }

    /** The same state once more, as the amounts changed. */
    static FileDispute again(FileDispute known) {
        return new FileDispute(
                known.getState(),
                known.getRevision() + 1,
                known.getSplitMillis(),
                known.getReconciliation(),
                known.getSettledMillis(),
                known.getClaimedMillis());
    }

    private static FileDispute over(FileDispute known) {
        boolean isOver =
                known.getState().equals(WITHDRAWN) && known.getReconciliation() == ReconciliationClass.UNKNOWN_CLASS;
        return isOver
                ? known
                : new FileDispute(
                        WITHDRAWN,
                        known.getRevision() + 1,
                        Files.NONE,
                        ReconciliationClass.UNKNOWN_CLASS,
                        Files.NONE,
                        Files.NONE);
    }

    private static FileDispute about(Comparison found, String state, int revision) {
        return new FileDispute(state, revision, Files.NONE, found.reconciliation(), found.settled(), found.claimed());
    }

    private static boolean owesMore(FileDispute decided) {
        return decided.getState().equals(ACCEPTED) || decided.getState().equals(SPLIT);
    }

    private static boolean isAbout(FileDispute known, Comparison found) {
        return known.getReconciliation() == found.reconciliation()
                && known.getSettledMillis() == found.settled()
                && known.getClaimedMillis() == found.claimed();
    }
}
