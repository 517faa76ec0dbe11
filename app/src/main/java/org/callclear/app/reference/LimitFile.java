package org.callclear.app.reference;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.LimitAction;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.limit.LimitRule;
import org.jspecify.annotations.Nullable;

/**
 * Limits as a file:
 * {@code carrier,prefix,max_calls_per_second,max_concurrent_calls,max_cost_per_hour,currency,action}. The last two may be
 * left out; an empty maximum is none.
 */
public final class LimitFile {
    static final List<String> COLUMNS =
            List.of("carrier", "prefix", "max_calls_per_second", "max_concurrent_calls", "max_cost_per_hour");
    static final List<String> OPTIONAL = List.of("currency", "action");

    private LimitFile() {}

    /** Reads a file and checks it against what is known already. The records have revision 0. */
    public static Checked<List<CallLimit>> read(Path path, ReferenceData known) {
        return check(CsvTable.read(path, COLUMNS, OPTIONAL), known);
    }

    /** The same for content that is no file. */
    public static Checked<List<CallLimit>> read(String name, byte[] content, ReferenceData known) {
        return check(CsvTable.read(name, content, COLUMNS, OPTIONAL), known);
    }

    private static Checked<List<CallLimit>> check(CsvTable table, ReferenceData known) {
        Map<String, Long> lines = new HashMap<>();
        List<CallLimit> limits = new ArrayList<>();
        List<Row> forEvery = new ArrayList<>();
        for (Row row : table.rows()) {
            CallLimit limit = limit(row, known);
            limits.add(limit);
            Long other = lines.putIfAbsent(LimitRule.key(limit), row.line());
            if (other != null) {
                row.fault(
                        "prefix",
                        "carrier " + Fault.shown(limit.getCarrier()) + " has a limit for it on line " + other
                                + " already");
            }
            if (limit.getCarrier().equals(LimitRule.EVERY) && limit.getMaxCostPerHour() != null) {
                forEvery.add(row);
            }
        }
        for (Row row : forEvery) {
            checkEvery(row, lines, known);
        }
        return Checked.of(limits, table.faults());
    }

    private static CallLimit limit(Row row, ReferenceData known) {
        String carrier = carrier(row, known);
        String prefix = row.raw("prefix");
        if (!LimitRule.isPrefix(prefix)) {
            row.fault(
                    "prefix",
                    "must be " + LimitRule.EVERY + " for all calls, or 1 to " + LimitRule.LONGEST_PREFIX
                            + " digits, the first not 0, no plus");
        }
        @Nullable BigDecimal cost = row.isBlank("max_cost_per_hour") ? null : row.amount("max_cost_per_hour");
        return CallLimit.newBuilder()
                .setCarrier(carrier)
                .setPrefix(prefix)
                .setMaxCallsPerSecond(maximum(row, "max_calls_per_second", LimitRule.MOST_CALLS_PER_SECOND))
                .setMaxConcurrentCalls(maximum(row, "max_concurrent_calls", LimitRule.MOST_CONCURRENT_CALLS))
                .setMaxCostPerHour(cost)
                .setCurrency(currency(row, carrier, cost, known))
                .setAction(row.choiceOrFirst("action", LimitAction.values()))
                .setRevision(0)
                .build();
    }

    private static String carrier(Row row, ReferenceData known) {
        String carrier = row.raw("carrier");
        if (!carrier.equals(LimitRule.EVERY)) {
            row.name("carrier");
            if (!known.carriers().containsKey(carrier)) {
                row.fault("carrier", "there is no such carrier; " + LimitRule.EVERY + " stands for each");
            }
        }
        return carrier;
    }

    private static @Nullable Integer maximum(Row row, String field, int most) {
        return row.isBlank(field) ? null : row.number(field, 0, most);
    }

    /** A cost is in the currency that the carrier pays in, else it could be compared with nothing. */
    private static String currency(Row row, String carrier, @Nullable BigDecimal cost, ReferenceData known) {
        if (cost == null) {
            if (!row.isBlank("currency")) {
                row.fault("currency", "must be empty where there is no max_cost_per_hour");
            }
            return "";
        }
        String currency = row.currency("currency");
        if (!carrier.equals(LimitRule.EVERY) && known.carriers().containsKey(carrier)) {
            @Nullable Contract contract = originating(carrier, known);
            if (contract == null) {
                row.fault(
                        "max_cost_per_hour", "carrier " + carrier + " has no originating contract to price its calls");
            } else if (Row.isCurrency(currency) && !contract.getCurrency().equals(currency)) {
                row.fault("currency", "carrier " + carrier + " pays in " + contract.getCurrency());
            }
        }
        return currency;
    }

    /** A cost for every carrier must be in the currency of each that has no limit of its own for the prefix. */
    private static void checkEvery(Row row, Map<String, Long> inFile, ReferenceData known) {
        String own = "/" + row.raw("prefix");
        List<String> others = known.contracts().values().stream()
                .filter(contract -> contract.getSide() == Role.ORIGINATING)
                .filter(contract -> !contract.getCurrency().equals(row.raw("currency")))
                .filter(contract -> !inFile.containsKey(contract.getCarrier() + own)
                        && !known.limits().containsKey(contract.getCarrier() + own))
                .map(contract -> contract.getCarrier() + " pays in " + contract.getCurrency())
                .toList();
        if (!others.isEmpty() && Row.isCurrency(row.raw("currency"))) {
            row.fault(
                    "currency",
                    "give a limit of its own to each carrier that pays in another: " + String.join(", ", others));
        }
    }

    private static @Nullable Contract originating(String carrier, ReferenceData known) {
        return known.contracts().values().stream()
                .filter(contract -> contract.getSide() == Role.ORIGINATING
                        && contract.getCarrier().equals(carrier))
                .findFirst()
                .orElse(null);
    }
}
