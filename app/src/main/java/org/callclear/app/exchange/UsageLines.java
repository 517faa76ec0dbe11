package org.callclear.app.exchange;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;

/** Takes the fields of each line from the parser, and keeps where the last one began. */
final class UsageLines extends AbstractBaseCsvCallbackHandler<UsageLines.Line> {
    private final List<String> fields = new ArrayList<>();
    private long begun = 1;
    private boolean broken;

    /**
     * One line.
     *
     * @param number from 1
     * @param broken whether a field goes on over the end of the line
     */
    record Line(long number, List<String> fields, boolean broken) {
        Line {
            fields = List.copyOf(fields);
        }
    }

    /** Where the last line began, read or not. */
    long begun() {
        return begun;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        begun = startingLineNumber;
        broken = false;
        fields.clear();
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        String field = new String(buffer, offset, length);
        broken |= quoted && (field.indexOf('\n') >= 0 || field.indexOf('\r') >= 0);
        fields.add(field);
    }

    @Override
    protected Line buildRecord() {
        return new Line(begun, fields, broken);
    }
}
