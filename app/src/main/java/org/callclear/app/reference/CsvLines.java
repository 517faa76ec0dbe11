package org.callclear.app.reference;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the fields of each record from the parser, and keeps where the last one began: when it turns out to be no CSV,
 * there is no record that could say it.
 */
final class CsvLines extends AbstractBaseCsvCallbackHandler<CsvLines.Line> {
    private final List<String> fields = new ArrayList<>();
    private long begun = 1;

    /**
     * One record of a file.
     *
     * @param number of the line of the file it begins in, from 1
     */
    record Line(long number, List<String> fields) {
        Line {
            fields = List.copyOf(fields);
        }
    }

    /** The line of the file that the last record began in, read or not. */
    long begun() {
        return begun;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        begun = startingLineNumber;
        fields.clear();
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        fields.add(new String(buffer, offset, length));
    }

    @Override
    protected Line buildRecord() {
        return new Line(begun, fields);
    }
}
