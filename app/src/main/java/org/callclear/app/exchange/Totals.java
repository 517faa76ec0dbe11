package org.callclear.app.exchange;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/**
 * What some rows come to. A field that cannot be read counts for nothing, the row itself always.
 *
 * @param records how many rows
 * @param first the earliest set-up; null when there is none
 * @param last the latest set-up; null when there is none
 * @param answered how many were answered
 * @param talkedMillis sum of end minus answer over the answered ones, ms
 * @param originating how many report for the originating side
 * @param terminating how many report for the terminating side
 */
record Totals(
        long records,
        @Nullable Instant first,
        @Nullable Instant last,
        long answered,
        BigInteger talkedMillis,
        long originating,
        long terminating) {

    /** Adds rows up. */
    static final class Tally {
        private long records;
        private @Nullable Instant first;
        private @Nullable Instant last;
        private long answered;
        private BigInteger talkedMillis = BigInteger.ZERO;
        private long originating;
        private long terminating;

        void add(RowCheck.Said said) {
            records++;
            originating += said.role() == Role.ORIGINATING ? 1 : 0;
            terminating += said.role() == Role.TERMINATING ? 1 : 0;
            Instant setupAt = said.setupAt();
            if (setupAt != null) {
                first = first == null || setupAt.isBefore(first) ? setupAt : first;
                last = last == null || setupAt.isAfter(last) ? setupAt : last;
            }
            Instant answeredAt = said.answeredAt();
            Instant endedAt = said.endedAt();
            if (answeredAt != null) {
                answered++;
                long talked = endedAt == null ? 0 : endedAt.toEpochMilli() - answeredAt.toEpochMilli();
                talkedMillis = talkedMillis.add(BigInteger.valueOf(talked));
            }
        }

        /** A row of which nothing can be read. */
        void addUnread() {
            records++;
        }

        Totals totals() {
            return new Totals(records, first, last, answered, talkedMillis, originating, terminating);
        }
    }

    /** Each figure in which another differs, by the name it has in an audit file: {@code records: 10, found 9}. */
    List<String> differences(Totals found) {
        List<String> lines = new ArrayList<>();
        compare(lines, "records", records, found.records);
        compare(lines, "first", shown(first), shown(found.first));
        compare(lines, "last", shown(last), shown(found.last));
        compare(lines, "answered", answered, found.answered);
        compare(lines, "talked_milliseconds", talkedMillis, found.talkedMillis);
        compare(lines, "roles.ORIGINATING", originating, found.originating);
        compare(lines, "roles.TERMINATING", terminating, found.terminating);
        return lines;
    }

    private static String shown(@Nullable Instant instant) {
        return instant == null ? "none" : UtcTime.format(instant);
    }

    static void compare(List<String> lines, String figure, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            lines.add(figure + ": " + expected + ", found " + found);
        }
    }
}
