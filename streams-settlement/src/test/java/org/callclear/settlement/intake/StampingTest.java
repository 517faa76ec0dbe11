package org.callclear.settlement.intake;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.math.BigDecimal;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.SettlingSide;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.period.Calendar;
import org.callclear.testkit.clearing.References;
import org.junit.jupiter.api.Test;

class StampingTest {
    private static final Instant RISE = Instant.parse("2026-12-01T00:00:00Z");
    private static final Contract CONTRACT = Contract.newBuilder(
                    References.contract("a-out", "acme", Role.ORIGINATING, "EUR", "gold"))
            .setRevision(4L)
            .setToleranceSeconds(7)
            .setSettlingSide(SettlingSide.MIN)
            .setOneSidedDelaySeconds(90)
            .setFreeSeconds(3)
            .setPeriodLength(PeriodLength.WEEK)
            .setPeriodZone("Europe/Berlin")
            .build();

    private final ReferenceView view = new ReferenceView(Calendar.of(PeriodLength.MONTH, "UTC"));

    @Test
    void trafficNotAuthorizedHereBearsThePriceOfItsReportersSide() {
        contract();
        deck(References.row("49", "0.01"), References.row("4930", "0.02"));

        AcceptedCdr stamped = stamped(own(aCall("c1").called("4930123456").originating()));

        assertThat(stamped.getRating()).isEqualTo(Rating.RATED);
        RateTerms terms = requireNonNull(stamped.getTerms());
        assertThat(terms.getRatePerMinute()).isEqualByComparingTo(new BigDecimal("0.02"));
        assertThat(terms.getPrefix()).isEqualTo("4930");
        assertThat(terms.getContract()).isEqualTo("a-out");
        assertThat(terms.getContractRevision()).isEqualTo(4);
        assertThat(terms.getDeckRevision()).isEqualTo(1);
        assertThat(terms.getFreeSeconds()).isEqualTo(3);
        assertThat(Calendar.of(terms)).isEqualTo(Calendar.of(PeriodLength.WEEK, "Europe/Berlin"));
        assertThat(requireNonNull(stamped.getAgreement()).getToleranceSeconds()).isEqualTo(7);
        assertThat(stamped.getAgreement().getSettlingSide()).isEqualTo(SettlingSide.MIN);
        assertThat(stamped.getAgreement().getOneSidedDelaySeconds()).isEqualTo(90);
    }

    @Test
    void thePriceIsThatOfTheAnswerAndWithoutOneThatOfTheSetUp() {
        contract();
        deck(until(References.row("49", "0.01")), from(References.row("49", "0.03")));

        assertThat(rate(aCall("c1").answeredAt(RISE).originating())).isEqualByComparingTo("0.03");
        assertThat(rate(aCall("c1").answeredAt(RISE.minusMillis(1)).originating()))
                .isEqualByComparingTo("0.01");
        CallDetailRecord unanswered = aCall("c1").unanswered().originating();
        assertThat(rate(CallDetailRecord.newBuilder(unanswered)
                        .setSetupAt(RISE.minusMillis(1))
                        .setEndedAt(RISE.plusMillis(1))
                        .build()))
                .isEqualByComparingTo("0.01");
    }

    @Test
    void whatCannotBePricedSaysWhy() {
        CallDetailRecord report = own(aCall("c1").called("4930123456").originating());

        assertThat(stamped(report).getRating()).isEqualTo(Rating.NO_CONTRACT);
        assertThat(stamped(report).getAgreement()).isNull();
        contract();
        assertThat(stamped(report).getRating()).isEqualTo(Rating.UNRATED);
        deck(References.row("33", "0.01"), References.blocked("4930"));
        assertThat(stamped(report).getRating()).isEqualTo(Rating.BLOCKED);
        assertThat(stamped(report).getTerms()).isNull();
        assertThat(stamped(report).getAgreement()).isNotNull();
        assertThat(stamped(own(aCall("c1").called("4420123456").originating())).getRating())
                .isEqualTo(Rating.UNRATED);
    }

    @Test
    void aReportOfAnAuthorizedCallBearsTheRevisionsOnly() {
        contract();
        deck(References.row("49", "0.01"));

        AcceptedCdr stamped = stamped(aCall("c1").originating());

        assertThat(stamped.getRating()).isEqualTo(Rating.GRANTED);
        assertThat(stamped.getTerms()).isNull();
        assertThat(stamped.getAgreement()).isNull();
        assertThat(stamped.getContractRevision()).isEqualTo(4);
        assertThat(stamped.getDeckRevision()).isEqualTo(1);
    }

    private BigDecimal rate(CallDetailRecord report) {
        return requireNonNull(stamped(own(report)).getTerms()).getRatePerMinute();
    }

    private AcceptedCdr stamped(CallDetailRecord report) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("carrier.acme.cdrs", 2, 9L, new byte[0], new byte[0]);
        AcceptedCdr stamped = Stamping.stamped(view.inForce(), "acme", report, record, report.getEndedAt());
        assertThat(stamped.getSourceOffset()).isEqualTo(9);
        return stamped;
    }

    private void contract() {
        view.put(Topic.CONTRACTS.topic(), "a-out", CONTRACT);
    }

    private void deck(RateRow... rows) {
        view.put(Topic.RATE_DECKS.topic(), "gold/1/0", References.deck("gold", rows));
    }

    private static RateRow until(RateRow row) {
        return RateRow.newBuilder(row).setValidTo(RISE).build();
    }

    private static RateRow from(RateRow row) {
        return RateRow.newBuilder(row).setValidFrom(RISE).build();
    }

    private static CallDetailRecord own(CallDetailRecord report) {
        return CallDetailRecord.newBuilder(report)
                .setLeg(0)
                .setTransactionId(null)
                .build();
    }
}
