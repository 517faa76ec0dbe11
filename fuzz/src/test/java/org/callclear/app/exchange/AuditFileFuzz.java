package org.callclear.app.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Scratch;
import org.callclear.fuzz.Swollen;

/** The audit file beside a file of usage records: it is read, and writes back as the same, or refused by its name. */
public final class AuditFileFuzz {
    private static final int LONGEST = 70_000;
    private static final Path FOLDER = Scratch.folder("audit");
    private static final Path FILE = FOLDER.resolve("usage.audit.json");
    private static final Path AGAIN = FOLDER.resolve("again.audit.json");

    private AuditFileFuzz() {}

    /** The file. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] content = Swollen.of(data, LONGEST);
        Scratch.write(FILE, content);
        AuditFile audit;
        try {
            audit = Cost.bounded(content.length, () -> AuditFile.read(FILE));
        } catch (ExchangeException e) {
            Holds.that(String.valueOf(e.getMessage()).contains(FILE.toString()), "a refusal that names no file");
            return;
        }
        Holds.that(audit.sequence() >= 1 && audit.totals().records() >= 0, "a figure out of its range");
        try {
            Scratch.write(AGAIN, audit.json());
        } catch (JsonProcessingException e) {
            throw new AssertionError("an audit that cannot be written", e);
        }
        Holds.same(audit, AuditFile.read(AGAIN), "an audit written and read");
    }
}
