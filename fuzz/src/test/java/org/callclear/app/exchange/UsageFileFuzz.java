package org.callclear.app.exchange;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Scratch;
import org.callclear.fuzz.Swollen;
import org.callclear.schemas.wire.AvroTrust;

/**
 * A file of usage records from a carrier: every row is fit, and then writes back as it stood, or has faults that name a
 * column and show no number; a file that cannot be used is refused with its name and a line.
 */
public final class UsageFileFuzz {
    static {
        AvroTrust.establish(); // as the command line does
    }

    private static final int LONGEST = 64_000;
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Path FILE = Scratch.folder("usage").resolve("usage.csv");

    private UsageFileFuzz() {}

    /** The file. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] content = Swollen.of(data, LONGEST);
        Scratch.write(FILE, content);
        check(content);
    }

    private static void check(byte[] content) {
        List<UsageRow> rows;
        try {
            rows = Cost.bounded(content.length, () -> {
                        Taken taken = new Taken();
                        taken.digest = UsageReader.read(FILE, taken);
                        return taken;
                    })
                    .checked(content);
        } catch (ExchangeException e) {
            String why = String.valueOf(e.getMessage());
            Holds.that(why.contains(FILE.toString()), "a refusal that names no file");
            return;
        }
        long before = 0;
        for (UsageRow row : rows) {
            Holds.that(row.line() > before, "lines out of order");
            before = row.line();
            check(row);
        }
    }

    private static void check(UsageRow row) {
        switch (new RowCheck("acme", NOW).check(row)) {
            case RowCheck.Checked.Fit fit -> {
                List<String> written = new ArrayList<>(UsageRow.of(fit.cdr()));
                Holds.that(
                        new RowCheck("acme", NOW).check(new UsageRow(1, 0, written))
                                        instanceof RowCheck.Checked.Fit again
                                && again.cdr().equals(fit.cdr()),
                        "a row written and read");
            }
            case RowCheck.Checked.Unfit unfit -> {
                Holds.that(!unfit.faults().isEmpty(), "unfit without a fault");
                for (RowFault fault : unfit.faults()) {
                    Holds.that(
                            fault.line() == row.line() && UsageRow.COLUMNS.contains(fault.field()),
                            () -> "a fault of " + fault.field() + " on line " + fault.line());
                    fault.asRow()
                            .forEach(text -> Holds.that(
                                    text.chars().noneMatch(Character::isISOControl), "control character in a report"));
                    Holds.that(fault.value().length() < 300, "a report that quotes too much");
                }
            }
        }
    }

    private static byte[] sha256(byte[] content) {
        return FileDigest.sha256().digest(content);
    }

    private static final class Taken implements UsageReader.Taker {
        private final List<UsageRow> rows = new ArrayList<>();
        private byte[] digest = {};

        List<UsageRow> checked(byte[] content) {
            Holds.same(FileDigest.hex(sha256(content)), FileDigest.hex(digest), "digest of a file");
            return rows;
        }

        @Override
        public void row(UsageRow row) {
            rows.add(row);
        }

        @Override
        public void misfit(long line, int fields) {
            Holds.that(line > 0 && fields != UsageRow.COLUMNS.size(), "a misfit that fits");
        }
    }

    /** For those who make seeds. */
    static byte[] header() {
        return (String.join(",", UsageRow.COLUMNS) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
