package org.callclear.tokens;

import static org.callclear.tokens.JsonMember.amount;
import static org.callclear.tokens.JsonMember.array;
import static org.callclear.tokens.JsonMember.text;
import static org.callclear.tokens.JsonMember.whole;
import static org.callclear.tokens.JsonMember.word;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;

/**
 * Terms as JSON. The members of a plain contract always stand there; those that few contracts have only where they differ
 * from the usual, so that the tokens of plain contracts are as short as they can be.
 */
final class TermsJson {
    private static final long MILLIS = 1000;

    private TermsJson() {}

    static void write(JsonGenerator json, RateTerms terms) throws IOException {
        json.writeStartObject();
        json.writeStringField("contract", terms.getContract());
        json.writeNumberField("contractRevision", terms.getContractRevision());
        json.writeStringField("deck", terms.getDeck());
        json.writeNumberField("deckRevision", terms.getDeckRevision());
        json.writeStringField("prefix", terms.getPrefix());
        json.writeStringField("destination", terms.getDestination());
        writeAmount(json, "ratePerMinute", terms.getRatePerMinute());
        json.writeStringField("currency", terms.getCurrency());
        json.writeNumberField("initialSeconds", terms.getInitialSeconds());
        json.writeNumberField("incrementSeconds", terms.getIncrementSeconds());
        writeAmount(json, "connectFee", terms.getConnectFee());
        json.writeStringField("durationRounding", terms.getDurationRounding().name());
        json.writeStringField("incrementAnchor", terms.getIncrementAnchor().name());
        json.writeStringField("roundingLevel", terms.getRoundingLevel().name());
        json.writeStringField("roundingRule", terms.getRoundingRule().name());
        json.writeNumberField("roundingScale", terms.getRoundingScale());
        writeUnusual(json, terms);
        json.writeEndObject();
    }

    private static void writeUnusual(JsonGenerator json, RateTerms terms) throws IOException {
        if (terms.getFreeSeconds() != 0) {
            json.writeNumberField("freeSeconds", terms.getFreeSeconds());
        }
        if (terms.getFreeSecondsRule() != FreeSecondsRule.SUBTRACT) {
            json.writeStringField("freeSecondsRule", terms.getFreeSecondsRule().name());
        }
        if (terms.getMinimumCharge().signum() != 0) {
            writeAmount(json, "minimumCharge", terms.getMinimumCharge());
        }
        if (terms.getAttemptFee().signum() != 0) {
            writeAmount(json, "attemptFee", terms.getAttemptFee());
        }
        if (!terms.getRateChanges().isEmpty()) {
            write(json, terms.getRateChanges());
        }
        if (terms.getPeriodLength() != PeriodLength.MONTH) {
            json.writeStringField("periodLength", terms.getPeriodLength().name());
        }
        if (!terms.getPeriodZone().equals(Terms.USUAL_ZONE)) {
            json.writeStringField("periodZone", terms.getPeriodZone());
        }
    }

    private static void write(JsonGenerator json, List<RateChange> changes) throws IOException {
        json.writeArrayFieldStart("rateChanges");
        for (RateChange change : changes) {
            json.writeStartObject();
            json.writeNumberField("atMillis", change.getAt().toEpochMilli());
            writeAmount(json, "ratePerMinute", change.getRatePerMinute());
            json.writeStringField("prefix", change.getPrefix());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeAmount(JsonGenerator json, String name, BigDecimal amount) throws IOException {
        json.writeStringField(name, amount.toPlainString());
    }

    /** @throws IllegalArgumentException naming the member that is missing or has another form; its value is not shown */
    static RateTerms read(JsonNode node) {
        RateTerms.Builder terms = RateTerms.newBuilder()
                .setContract(text(node, "contract"))
                .setContractRevision(whole(node, "contractRevision", Long.MAX_VALUE))
                .setDeck(text(node, "deck"))
                .setDeckRevision(whole(node, "deckRevision", Long.MAX_VALUE))
                .setPrefix(text(node, "prefix"))
                .setDestination(text(node, "destination"))
                .setRatePerMinute(amount(node, "ratePerMinute"))
                .setCurrency(text(node, "currency"))
                .setInitialSeconds((int) whole(node, "initialSeconds", Integer.MAX_VALUE))
                .setIncrementSeconds((int) whole(node, "incrementSeconds", Integer.MAX_VALUE))
                .setConnectFee(amount(node, "connectFee"))
                .setDurationRounding(word(node, "durationRounding", DurationRounding.class))
                .setIncrementAnchor(word(node, "incrementAnchor", IncrementAnchor.class))
                .setRoundingLevel(word(node, "roundingLevel", RoundingLevel.class))
                .setRoundingRule(word(node, "roundingRule", RoundingRule.class))
                .setRoundingScale((int) whole(node, "roundingScale", Terms.SCALE));
        readUnusual(node, terms);
        return terms.build();
    }

    private static void readUnusual(JsonNode node, RateTerms.Builder terms) {
        if (node.has("freeSeconds")) {
            terms.setFreeSeconds((int) whole(node, "freeSeconds", Integer.MAX_VALUE));
        }
        if (node.has("freeSecondsRule")) {
            terms.setFreeSecondsRule(word(node, "freeSecondsRule", FreeSecondsRule.class));
        }
        if (node.has("minimumCharge")) {
            terms.setMinimumCharge(amount(node, "minimumCharge"));
        }
        if (node.has("attemptFee")) {
            terms.setAttemptFee(amount(node, "attemptFee"));
        }
        if (node.has("rateChanges")) {
            terms.setRateChanges(changes(array(node, "rateChanges")));
        }
        if (node.has("periodLength")) {
            terms.setPeriodLength(word(node, "periodLength", PeriodLength.class));
        }
        if (node.has("periodZone")) {
            terms.setPeriodZone(text(node, "periodZone"));
        }
    }

    private static List<RateChange> changes(JsonNode array) {
        List<RateChange> changes = new ArrayList<>();
        for (JsonNode change : array) {
            changes.add(new RateChange(
                    Instant.ofEpochMilli(whole(change, "atMillis", Claims.LAST_SECOND * MILLIS)),
                    amount(change, "ratePerMinute"),
                    text(change, "prefix")));
        }
        return changes;
    }
}
