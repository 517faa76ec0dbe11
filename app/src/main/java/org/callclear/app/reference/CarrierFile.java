package org.callclear.app.reference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.PartyStatus;

/** Carriers as a file: {@code id,name,status}. */
public final class CarrierFile {
    static final List<String> COLUMNS = List.of("id", "name", "status");
    static final List<PartyStatus> STATUSES = List.of(PartyStatus.ACTIVE, PartyStatus.SUSPENDED);

    private CarrierFile() {}

    /** Reads and checks a file. The records have revision 0. */
    public static Checked<List<Carrier>> read(Path path) {
        return check(CsvTable.read(path, COLUMNS, List.of()));
    }

    /** The same for content that is no file. */
    public static Checked<List<Carrier>> read(String name, byte[] content) {
        return check(CsvTable.read(name, content, COLUMNS, List.of()));
    }

    private static Checked<List<Carrier>> check(CsvTable table) {
        List<Carrier> carriers = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Row row : table.rows()) {
            String id = row.name("id");
            if (!ids.add(id)) {
                row.fault("id", "stands twice in this file");
            }
            carriers.add(new Carrier(id, row.text("name"), row.choice("status", STATUSES), 0L));
        }
        return Checked.of(carriers, table.faults());
    }
}
