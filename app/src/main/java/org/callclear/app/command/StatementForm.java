package org.callclear.app.command;

import java.nio.charset.StandardCharsets;
import org.callclear.app.paper.StatementPdf;
import org.callclear.app.paper.StatementWorkbook;
import org.callclear.settlement.statement.StatementCsv;

/** The forms in which a statement is given away. The names are those of the option and of the files. */
enum StatementForm {
    json,
    csv,
    xlsx,
    pdf;

    /** The statement in this form, made of its JSON. */
    byte[] of(byte[] statement) {
        return switch (this) {
            case json -> statement;
            case csv -> StatementCsv.of(statement).getBytes(StandardCharsets.UTF_8);
            case xlsx -> StatementWorkbook.of(statement);
            case pdf -> StatementPdf.of(statement);
        };
    }

    /** Whether it is no text, and would garble a terminal. */
    boolean isBinary() {
        return this == xlsx || this == pdf;
    }

    /** Its usual file name. A name holds only {@code A-Za-z0-9._-}; anything else of the id becomes an underscore. */
    String fileName(String statementId) {
        return statementId.replaceAll("[^A-Za-z0-9._-]", "_") + "." + name();
    }
}
