package org.callclear.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import org.callclear.app.logview.PlainText;

/**
 * Where commands write. What a terminal would obey is written out.
 *
 * @param out results
 * @param err progress and what is wrong
 */
public record Terminal(PrintWriter out, PrintWriter err) {
    /** Results as text. */
    void print(String text) {
        out.println(PlainText.lines(text));
        out.flush();
    }

    /** A result as JSON on one line. */
    void print(JsonNode json) {
        print(json.toString());
    }

    /** A line of progress. */
    void progress(String line) {
        err.println(PlainText.lines(line));
        err.flush();
    }
}
