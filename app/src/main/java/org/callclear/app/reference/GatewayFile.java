package org.callclear.app.reference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.callclear.schemas.avro.Gateway;

/** Gateways as a file: {@code id,carrier,prefixes,priority,channels,status}, the prefixes separated by spaces. */
public final class GatewayFile {
    static final List<String> COLUMNS = List.of("id", "carrier", "prefixes", "priority", "channels", "status");
    private static final int LOWEST_PRIORITY = 1000;
    private static final int MOST_CHANNELS = 100_000;

    private GatewayFile() {}

    /** Reads a file and checks it against what is known already. The records have revision 0. */
    public static Checked<List<Gateway>> read(Path path, ReferenceData known) {
        return check(CsvTable.read(path, COLUMNS, List.of()), known);
    }

    /** The same for content that is no file. */
    public static Checked<List<Gateway>> read(String name, byte[] content, ReferenceData known) {
        return check(CsvTable.read(name, content, COLUMNS, List.of()), known);
    }

    private static Checked<List<Gateway>> check(CsvTable table, ReferenceData known) {
        List<Gateway> gateways = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Row row : table.rows()) {
            String id = row.name("id");
            if (!ids.add(id)) {
                row.fault("id", "stands twice in this file");
            }
            gateways.add(new Gateway(
                    id,
                    carrier(row, id, known),
                    prefixes(row),
                    row.number("priority", 0, LOWEST_PRIORITY),
                    row.number("channels", 1, MOST_CHANNELS),
                    row.choice("status", CarrierFile.STATUSES),
                    0L));
        }
        return Checked.of(gateways, table.faults());
    }

    private static String carrier(Row row, String id, ReferenceData known) {
        String carrier = row.name("carrier");
        if (!known.carriers().containsKey(carrier)) {
            row.fault("carrier", "there is no such carrier");
        }
        Gateway before = known.gateways().get(id);
        if (before != null && !before.getCarrier().equals(carrier)) {
            // Its topics, its certificate and the tokens under way speak for the carrier it had.
            row.fault("carrier", "gateway " + id + " belongs to " + before.getCarrier() + "; give it another id");
        }
        return carrier;
    }

    private static List<String> prefixes(Row row) {
        List<String> prefixes = List.of(row.raw("prefixes").strip().split(" +"));
        if (!prefixes.stream().allMatch(Row::isPrefix)) {
            row.fault("prefixes", "must be E.164 digits without plus, the first not 0, separated by spaces");
        } else if (new HashSet<>(prefixes).size() < prefixes.size()) {
            row.fault("prefixes", "the same prefix stands twice");
        }
        return prefixes;
    }
}
