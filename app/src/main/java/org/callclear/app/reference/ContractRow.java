package org.callclear.app.reference;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.callclear.schemas.avro.SettlingSide;
import org.jspecify.annotations.Nullable;

/** Makes a contract of a row, and notes what is wrong with it. */
final class ContractRow {
    private static final int FINEST_SCALE = 6;
    private static final int USUAL_TOLERANCE = 2;
    private static final int MOST_TOLERANCE = 3600;
    private static final int DAY = 86_400;
    private static final int LONGEST_DELAY = 366 * DAY;
    private static final int LONGEST_NOTICE = 366;
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private ContractRow() {}

    /** The contract, with revision 0. */
    static Contract contract(Row row, ReferenceData known) {
        Contract.Builder contract = Contract.newBuilder().setId(row.name("id")).setRevision(0L);
        parties(row, known, contract);
        rounding(row, contract);
        charges(row, contract);
        reconciliation(row, contract);
        return contract.setNoticeDays(row.number("notice_days", 0, LONGEST_NOTICE, 0))
                .setPeriodLength(row.choiceOr("period_length", PeriodLength.values(), PeriodLength.MONTH))
                .setPeriodZone(zone(row))
                .build();
    }

    private static void parties(Row row, ReferenceData known, Contract.Builder contract) {
        String carrier = row.name("carrier");
        if (!known.carriers().containsKey(carrier)) {
            row.fault("carrier", "there is no such carrier");
        }
        String currency = row.currency("currency");
        String name = row.name("deck");
        ReferenceData.@Nullable Deck deck = known.decks().get(name);
        if (deck == null) {
            row.fault("deck", "there is no such rate deck");
        } else if (Row.isCurrency(currency)
                && !deck.currency().isEmpty()
                && !deck.currency().equals(currency)) {
            row.fault("currency", "the deck " + name + " is in " + deck.currency());
        }
        contract.setCarrier(carrier)
                .setSide(row.choice("side", List.of(Role.ORIGINATING, Role.TERMINATING)))
                .setCurrency(currency)
                .setDeck(name);
    }

    private static void rounding(Row row, Contract.Builder contract) {
        contract.setDurationRounding(row.choiceOrFirst("duration_rounding", DurationRounding.values()))
                .setIncrementAnchor(row.choiceOrFirst("increment_anchor", IncrementAnchor.values()))
                .setRoundingLevel(row.choiceOrFirst("rounding_level", RoundingLevel.values()))
                .setRoundingRule(row.choiceOrFirst("rounding_rule", RoundingRule.values()))
                .setRoundingScale(row.number("rounding_scale", 0, FINEST_SCALE, FINEST_SCALE));
    }

    private static void charges(Row row, Contract.Builder contract) {
        contract.setFreeSeconds(row.number("free_seconds", 0, DAY, 0))
                .setFreeSecondsRule(row.choiceOrFirst("free_seconds_rule", FreeSecondsRule.values()))
                .setMinimumCharge(row.amountOrNone("minimum_charge"))
                .setAttemptFee(row.amountOrNone("attempt_fee"))
                .setSplitAtRateChanges(row.yes("split_at_rate_changes"))
                .setMinimumPayment(row.amountOrNone("minimum_payment"));
    }

    private static void reconciliation(Row row, Contract.Builder contract) {
        contract.setSettlingSide(row.choiceOrFirst("settling_side", SettlingSide.values()))
                .setToleranceSeconds(row.number("tolerance_seconds", 0, MOST_TOLERANCE, USUAL_TOLERANCE))
                .setOneSidedDelaySeconds(row.number("one_sided_delay_seconds", 0, LONGEST_DELAY, 0))
                .setGate(gate(row));
    }

    /** Percent and amount come together: with one of them the rule would not know what to make of the other. */
    private static @Nullable DisputeGate gate(Row row) {
        if (row.isBlank("gate_percent") && row.isBlank("gate_amount")) {
            if (!row.isBlank("gate_rule")) {
                row.fault("gate_rule", "needs gate_percent and gate_amount");
            }
            return null;
        }
        if (row.isBlank("gate_percent") || row.isBlank("gate_amount")) {
            row.fault(
                    row.isBlank("gate_percent") ? "gate_percent" : "gate_amount",
                    "must be given: gate_percent and gate_amount come together");
        }
        BigDecimal percent = row.amountOrNone("gate_percent");
        if (percent.compareTo(WHOLE) > 0) {
            row.fault("gate_percent", "must be 0 to 100");
        }
        return new DisputeGate(
                percent, row.amountOrNone("gate_amount"), row.choiceOrFirst("gate_rule", GateRule.values()));
    }

    private static String zone(Row row) {
        if (row.isBlank("period_zone")) {
            return "UTC";
        }
        String zone = row.raw("period_zone");
        if (!ZONES.contains(zone)) {
            row.fault("period_zone", "must be an IANA time zone such as Europe/Berlin or UTC");
        }
        return zone;
    }
}
