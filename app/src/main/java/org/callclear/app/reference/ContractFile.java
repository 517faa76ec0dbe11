package org.callclear.app.reference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.callclear.schemas.avro.SettlingSide;

/**
 * Contracts as a file: {@code id,carrier,side,currency,deck}, and the rounding and reconciliation fields of
 * {@link Contract} where they differ from the usual.
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
            "tolerance_seconds");
    private static final int FINEST_SCALE = 6;
    private static final int USUAL_TOLERANCE = 2;
    private static final int MOST_TOLERANCE = 3600;

    private ContractFile() {}

    /** Reads a file and checks it against what is known already. The records have revision 0. */
    public static Checked<List<Contract>> read(Path path, ReferenceData known) {
        return check(CsvTable.read(path, COLUMNS, OPTIONAL), known);
    }

    /** The same for content that is no file. */
    public static Checked<List<Contract>> read(String name, byte[] content, ReferenceData known) {
        return check(CsvTable.read(name, content, COLUMNS, OPTIONAL), known);
    }

    private static Checked<List<Contract>> check(CsvTable table, ReferenceData known) {
        Map<String, Contract> byId = new HashMap<>();
        Map<String, String> bySide = new HashMap<>();
        known.contracts().values().forEach(contract -> bySide.put(side(contract), contract.getId()));
        List<Contract> contracts = new ArrayList<>();
        for (Row row : table.rows()) {
            Contract contract = contract(row, known);
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
        return Checked.of(contracts, table.faults());
    }

    private static String side(Contract contract) {
        return contract.getCarrier() + " " + contract.getSide();
    }

    private static Contract contract(Row row, ReferenceData known) {
        String carrier = row.name("carrier");
        if (!known.carriers().containsKey(carrier)) {
            row.fault("carrier", "there is no such carrier");
        }
        String deck = row.name("deck");
        if (!known.decks().containsKey(deck)) {
            row.fault("deck", "there is no such rate deck");
        }
        return Contract.newBuilder()
                .setId(row.name("id"))
                .setCarrier(carrier)
                .setSide(row.choice("side", List.of(Role.ORIGINATING, Role.TERMINATING)))
                .setCurrency(row.currency("currency"))
                .setDeck(deck)
                .setDurationRounding(row.choiceOrFirst("duration_rounding", DurationRounding.values()))
                .setIncrementAnchor(row.choiceOrFirst("increment_anchor", IncrementAnchor.values()))
                .setRoundingLevel(row.choiceOrFirst("rounding_level", RoundingLevel.values()))
                .setRoundingRule(row.choiceOrFirst("rounding_rule", RoundingRule.values()))
                .setRoundingScale(
                        row.isBlank("rounding_scale") ? FINEST_SCALE : row.number("rounding_scale", 0, FINEST_SCALE))
                .setSettlingSide(row.choiceOrFirst("settling_side", SettlingSide.values()))
                .setToleranceSeconds(
                        row.isBlank("tolerance_seconds")
                                ? USUAL_TOLERANCE
                                : row.number("tolerance_seconds", 0, MOST_TOLERANCE))
                .setRevision(0L)
                .build();
    }
}
