package org.callclear.app.exchange;

import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.CallDetailRecord;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file of usage records.
 *
 * @param line where it begins, from 1
 * @param ordinal its place among the rows, from 0
 * @param fields in the order of {@link #COLUMNS}
 */
record UsageRow(long line, int ordinal, List<String> fields) {
    /** The columns, in the order that we write them in. */
    static final List<String> COLUMNS = List.of(
            "call_id",
            "leg",
            "role",
            "transaction_id",
            "originating_carrier",
            "terminating_carrier",
            "calling",
            "called",
            "setup_at",
            "answered_at",
            "ended_at",
            "sip_status",
            "q850_cause",
            "release_source",
            "version");

    UsageRow {
        fields = List.copyOf(fields);
    }

    /** The text in a column. */
    String text(String column) {
        return fields.get(COLUMNS.indexOf(column));
    }

    /** What a record looks like as a row. The gateway has no column: it is the terminating carrier's own affair. */
    static List<String> of(CallDetailRecord cdr) {
        List<String> fields = new ArrayList<>(COLUMNS.size());
        fields.add(cdr.getCallId());
        fields.add(Integer.toString(cdr.getLeg()));
        fields.add(cdr.getRole().name());
        fields.add(orEmpty(cdr.getTransactionId()));
        fields.add(cdr.getOriginatingCarrier());
        fields.add(orEmpty(cdr.getTerminatingCarrier()));
        fields.add(cdr.getCalling());
        fields.add(cdr.getCalled());
        fields.add(UtcTime.format(cdr.getSetupAt()));
        fields.add(cdr.getAnsweredAt() == null ? "" : UtcTime.format(cdr.getAnsweredAt()));
        fields.add(UtcTime.format(cdr.getEndedAt()));
        fields.add(Integer.toString(cdr.getSipStatus()));
        fields.add(Integer.toString(cdr.getQ850Cause()));
        fields.add(cdr.getReleaseSource().name());
        fields.add(Integer.toString(cdr.getVersion()));
        return fields;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
