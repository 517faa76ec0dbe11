package org.callclear.settlement.intake;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.call.PartyName;
import org.callclear.settlement.period.Calendar;

/** Looks whether terms that a command brings can be priced by. */
final class TermsCheck {
    private static final int MOST_SCALE = 6;

    private final List<String> faults = new ArrayList<>();

    private TermsCheck() {}

    /**
     * Every fault.
     *
     * @param open the calendars in which there are periods to post to
     */
    static List<String> of(RateTerms terms, Openings open) {
        TermsCheck check = new TermsCheck();
        check.require(!terms.getContract().isBlank(), "contract", "''", "must not be empty");
        check.require(!terms.getDeck().isBlank(), "deck", "''", "must not be empty");
        check.require(
                CommandCheck.isCurrency(terms.getCurrency()), "currency", terms.getCurrency(), "must be ISO 4217");
        check.require(
                terms.getInitialSeconds() >= 1, "initialSeconds", terms.getInitialSeconds(), "must be at least 1");
        check.require(
                terms.getIncrementSeconds() >= 1,
                "incrementSeconds",
                terms.getIncrementSeconds(),
                "must be at least 1");
        check.require(terms.getFreeSeconds() >= 0, "freeSeconds", terms.getFreeSeconds(), "must not be negative");
        check.require(
                terms.getRoundingScale() >= 0 && terms.getRoundingScale() <= MOST_SCALE,
                "roundingScale",
                terms.getRoundingScale(),
                "must be 0 to " + MOST_SCALE);
        check.amounts(terms);
        check.changes(terms.getRateChanges());
        check.calendar(terms, open);
        return check.faults;
    }

    private void amounts(RateTerms terms) {
        amount("ratePerMinute", terms.getRatePerMinute());
        amount("connectFee", terms.getConnectFee());
        amount("minimumCharge", terms.getMinimumCharge());
        amount("attemptFee", terms.getAttemptFee());
    }

    private void amount(String field, BigDecimal amount) {
        require(amount.signum() >= 0, field, amount.toPlainString(), "must not be negative");
    }

    private void changes(List<RateChange> changes) {
        Instant before = Instant.MIN;
        for (RateChange change : changes) {
            require(change.getAt().isAfter(before), "rateChanges.at", change.getAt(), "must come one after the other");
            amount("rateChanges.ratePerMinute", change.getRatePerMinute());
            before = change.getAt();
        }
    }

    private void calendar(RateTerms terms, Openings open) {
        try {
            Calendar calendar = Calendar.of(terms);
            require(
                    open.missing(Set.of(calendar)).isEmpty(),
                    "periodZone",
                    calendar,
                    "no contract has ever settled by this calendar");
        } catch (DateTimeException e) {
            require(false, "periodZone", terms.getPeriodZone(), "no such time zone");
        }
    }

    private void require(boolean holds, String field, Object value, String must) {
        if (!holds) {
            faults.add("terms." + field + " '" + PartyName.shown(String.valueOf(value)) + "': " + must);
        }
    }
}
