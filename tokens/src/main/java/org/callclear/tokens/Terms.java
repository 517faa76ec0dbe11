package org.callclear.tokens;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;

/** The rate terms in the one form that is signed: every amount with six decimals, every field in its range. */
final class Terms {
    static final int SCALE = 6;
    static final String USUAL_ZONE = "UTC";

    /** As Avro's decimal(18,6) allows. */
    private static final int PRECISION = 18;

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    /** Whether there is such a zone, whoever makes contracts knows: a gateway's time zone data may be older. */
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9+_/:-]{1,64}");

    private static final Pattern PREFIX = Pattern.compile("[1-9][0-9]{0,14}");

    private Terms() {}

    /**
     * The same terms with amounts at scale 6, so that terms read back from a topic sign to the same bytes.
     *
     * @throws IllegalArgumentException naming the field that is out of its range
     */
    static RateTerms canonical(RateTerms terms) {
        requireRanges(terms);
        return RateTerms.newBuilder()
                .setContract(terms.getContract())
                .setContractRevision(terms.getContractRevision())
                .setDeck(terms.getDeck())
                .setDeckRevision(terms.getDeckRevision())
                .setPrefix(terms.getPrefix())
                .setDestination(terms.getDestination())
                .setRatePerMinute(amount("ratePerMinute", terms.getRatePerMinute()))
                .setCurrency(terms.getCurrency())
                .setInitialSeconds(terms.getInitialSeconds())
                .setIncrementSeconds(terms.getIncrementSeconds())
                .setConnectFee(amount("connectFee", terms.getConnectFee()))
                .setDurationRounding(terms.getDurationRounding())
                .setIncrementAnchor(terms.getIncrementAnchor())
                .setRoundingLevel(terms.getRoundingLevel())
                .setRoundingRule(terms.getRoundingRule())
                .setRoundingScale(terms.getRoundingScale())
                .setFreeSeconds(terms.getFreeSeconds())
                .setFreeSecondsRule(terms.getFreeSecondsRule())
                .setMinimumCharge(amount("minimumCharge", terms.getMinimumCharge()))
                .setAttemptFee(amount("attemptFee", terms.getAttemptFee()))
                .setRateChanges(changes(terms.getRateChanges()))
                .setPeriodLength(terms.getPeriodLength())
                .setPeriodZone(terms.getPeriodZone())
                .build();
    }

    /** By time, none at the same instant as another. */
    private static List<RateChange> changes(List<RateChange> given) {
        List<RateChange> changes = new ArrayList<>(given.size());
        Instant before = Instant.EPOCH;
        for (RateChange change : given) {
            Instant at = change.getAt();
            if (!at.isAfter(before) || at.getEpochSecond() > Claims.LAST_SECOND) {
                throw new IllegalArgumentException(
                        "terms rateChanges " + at + ": must be after " + before + " and before the year 10000");
            }
            requireForm("rateChanges prefix", change.getPrefix(), PREFIX);
            changes.add(new RateChange(
                    at, amount("rateChanges ratePerMinute", change.getRatePerMinute()), change.getPrefix()));
            before = at;
        }
        return changes;
    }

    private static void requireRanges(RateTerms terms) {
        Claims.requireText("contract", terms.getContract());
        Claims.requireText("deck", terms.getDeck());
        Claims.requireText("destination", terms.getDestination());
        requireForm("prefix", terms.getPrefix(), PREFIX);
        requireForm("currency", terms.getCurrency(), CURRENCY);
        requireRange("contractRevision", terms.getContractRevision(), 0, Long.MAX_VALUE);
        requireRange("deckRevision", terms.getDeckRevision(), 0, Long.MAX_VALUE);
        requireRange("initialSeconds", terms.getInitialSeconds(), 1, Integer.MAX_VALUE);
        requireRange("incrementSeconds", terms.getIncrementSeconds(), 1, Integer.MAX_VALUE);
        requireRange("freeSeconds", terms.getFreeSeconds(), 0, Integer.MAX_VALUE);
        requireForm("periodZone", terms.getPeriodZone(), ZONE);
        requireRange("roundingScale", terms.getRoundingScale(), 0, SCALE);
    }

    private static BigDecimal amount(String field, BigDecimal value) {
        if (value.signum() < 0 || value.stripTrailingZeros().scale() > SCALE) {
            throw new IllegalArgumentException(
                    "terms " + field + " " + value + ": must not be negative and have at most " + SCALE + " decimals");
        }
        BigDecimal scaled = value.setScale(SCALE, RoundingMode.UNNECESSARY);
        if (scaled.precision() > PRECISION) {
            throw new IllegalArgumentException(
                    "terms " + field + " " + value + ": must have at most " + PRECISION + " digits");
        }
        return scaled;
    }

    private static void requireForm(String field, String value, Pattern form) {
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException("terms " + field + " '" + value + "': must have the form " + form);
        }
    }

    private static void requireRange(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("terms " + field + " " + value + ": must be " + least + " to " + most);
        }
    }
}
