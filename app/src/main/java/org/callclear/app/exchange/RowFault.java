package org.callclear.app.exchange;

import java.util.List;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.PartyName;

/**
 * One thing wrong with a row.
 *
 * @param line where the row begins, from 1
 * @param callId as it stands there; empty when it cannot be told
 * @param field the column; empty when the row as a whole is at fault
 * @param value what stands there, with nothing in it that may not be shown
 * @param why what is wrong
 */
record RowFault(long line, String callId, String field, String value, String why) {
    static final List<String> COLUMNS = List.of("line", "call_id", "field", "value", "why");
    private static final int SECRET_SHOWN = 6;

    /** A row that is at fault as a whole. */
    static RowFault ofRow(long line, String callId, String why) {
        return new RowFault(line, shown("call_id", callId), "", "", why);
    }

    /** A field that is at fault. */
    static RowFault of(UsageRow row, String field, String why) {
        return new RowFault(
                row.line(), shown("call_id", row.text("call_id")), field, shown(field, row.text(field)), why);
    }

    List<String> asRow() {
        return List.of(Long.toString(line), callId, field, value, why);
    }

    /**
     * What a report may show of a field. A number may stand in the wrong column, so whatever is long enough for one is
     * masked everywhere; a transaction id is a secret; and a spreadsheet takes some signs for the start of a formula.
     */
    private static String shown(String field, String value) {
        String text = PartyName.shown(value);
        String masked = switch (field) {
            case "calling", "called" -> E164Number.mask(text);
            case "transaction_id" -> text.length() > SECRET_SHOWN ? text.substring(0, SECRET_SHOWN) + "..." : text;
            case "call_id" -> isUuid(text) ? text : E164Number.maskIn(text);
            default -> E164Number.maskIn(text);
        };
        return !masked.isEmpty() && "=+-@".indexOf(masked.charAt(0)) >= 0 ? "'" + masked : masked;
    }

    private static boolean isUuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }
}
