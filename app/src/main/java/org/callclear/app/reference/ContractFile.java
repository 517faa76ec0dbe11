package org.callclear.app.reference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.callclear.schemas.avro.Contract;

/**
 * Contracts as a file, CSV or (by its name, {@code .yaml} or {@code .yml}) YAML: {@code id,carrier,side,currency,deck},
 * and the other fields of {@link Contract} where they differ from the usual.
 */
public final class ContractFile {
    static final List<String> COLUMNS = List.of("id", "carrier", "side", "currency", "deck");
    static final List<String> OPTIONAL = List.of(
            "duration_rounding",
            "increment_anchor",
            "rounding_level",
            "rounding_rule",
            "rounding_scale",
            "settling_side",
            "tolerance_seconds",
            "free_seconds",
            "free_seconds_rule",
            "minimum_charge",
            "attempt_fee",
            "split_at_rate_changes",
            "gate_percent",
            "gate_amount",
            "gate_rule",
            "one_sided_delay_seconds",
            "notice_days",
            "period_length",
            "period_zone",
            "minimum_payment");

    private ContractFile() {}

    /** Reads a file and checks it against what is known already. The records have revision 0. */
    public static Checked<List<Contract>> read(Path path, ReferenceData known) {
        if (isYaml(String.valueOf(path))) {
            YamlTable table = YamlTable.read(path, fields());
            return check(table.rows(), table.faults(), known);
        }
        CsvTable table = CsvTable.read(path, COLUMNS, OPTIONAL);
        return check(table.rows(), table.faults(), known);
    }

    /** The same for content that is no file. */
    public static Checked<List<Contract>> read(String name, byte[] content, ReferenceData known) {
        if (isYaml(name)) {
            YamlTable table = YamlTable.read(name, content, fields());
            return check(table.rows(), table.faults(), known);
        }
        CsvTable table = CsvTable.read(name, content, COLUMNS, OPTIONAL);
        return check(table.rows(), table.faults(), known);
    }

    private static boolean isYaml(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml");
    }

    private static Set<String> fields() {
        Set<String> fields = new HashSet<>(COLUMNS);
        fields.addAll(OPTIONAL);
        return fields;
    }

    private static Checked<List<Contract>> check(List<Row> rows, List<Fault> faults, ReferenceData known) {
        Map<String, Contract> byId = new HashMap<>();
        Map<String, String> bySide = new HashMap<>();
        known.contracts().values().forEach(contract -> bySide.put(side(contract), contract.getId()));
        List<Contract> contracts = new ArrayList<>();
        for (Row row : rows) {
            Contract contract = ContractRow.contract(row, known);
            contracts.add(contract);
            if (byId.put(contract.getId(), contract) != null) {
                row.fault("id", "stands twice in this file");
            }
            String other = bySide.putIfAbsent(side(contract), contract.getId());
            if (other != null && !other.equals(contract.getId())) {
                row.fault(
                        "side", "carrier " + contract.getCarrier() + " has the contract " + other + " for it already");
            }
        }
        return Checked.of(contracts, faults);
    }

    private static String side(Contract contract) {
        return contract.getCarrier() + " " + contract.getSide();
    }
}
