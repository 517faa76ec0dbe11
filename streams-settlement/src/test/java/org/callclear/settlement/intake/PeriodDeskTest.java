package org.callclear.settlement.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.intake.PeriodDesk.Obeyed;
import org.callclear.settlement.period.Calendar;
import org.callclear.settlement.period.Opening;
import org.callclear.testkit.clearing.References;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeriodDeskTest {
    private static final Calendar MONTHS = Calendar.of(PeriodLength.MONTH, "UTC");
    private static final Calendar BERLIN = Calendar.of(PeriodLength.MONTH, "Europe/Berlin");
    private static final Instant NOVEMBER = Instant.parse("2026-11-30T23:30:00Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");

    private final PeriodDesk desk = new PeriodDesk(4, PeriodDeskTest::salt);
    private final ReferenceView view = new ReferenceView(MONTHS);

    private static int made;

    private static ByteBuffer salt() {
        return ByteBuffer.allocate(PeriodDesk.SALT_BYTES).putInt(0, ++made);
    }

    @BeforeEach
    void twoCarriersOfWhichOneSettlesInBerlin() {
        view.put(Topic.CARRIERS.topic(), "acme", References.carrier("acme"));
        view.put(Topic.CARRIERS.topic(), "zenith", References.carrier("zenith"));
        Contract contract = References.contract("z", "zenith", Role.TERMINATING, "EUR", "gold");
        view.put(
                Topic.CONTRACTS.topic(),
                "z",
                Contract.newBuilder(contract).setPeriodZone("Europe/Berlin").build());
    }

    @Test
    void calendarsBeginInThePeriodThatItIsInTheirZone() {
        assertThat(begin())
                .extracting(
                        PeriodBarrier::getCloses,
                        PeriodBarrier::getOpens,
                        PeriodBarrier::getZone,
                        PeriodBarrier::getCarriers,
                        PeriodBarrier::getPartitions)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                null, "2026-12@Europe/Berlin", "Europe/Berlin", List.of("zenith"), 4),
                        org.assertj.core.groups.Tuple.tuple(null, "2026-11", "UTC", List.of("acme"), 4));
    }

    @Test
    void closingEndsThePeriodAndBeginsTheNext() {
        Openings open = Openings.NONE.with(begin());

        Obeyed obeyed = desk.obey(command("x", "2026-11"), open, view.inForce(), DECEMBER);

        assertThat(obeyed.answer().getOutcome()).isEqualTo(OutcomeKind.ACCEPTED);
        assertThat(obeyed.barriers()).singleElement().satisfies(barrier -> {
            assertThat(barrier.getCloses()).isEqualTo("2026-11");
            assertThat(barrier.getOpens()).isEqualTo("2026-12");
            assertThat(barrier.getCarriers()).containsExactly("acme");
            assertThat(barrier.getCommandId()).isEqualTo("x");
            assertThat(barrier.getSalt().remaining()).isEqualTo(PeriodDesk.SALT_BYTES);
        });
        assertThat(ids(open.with(obeyed.barriers()))).containsExactly("2026-12@Europe/Berlin", "2026-12");
    }

    @Test
    void theSameCommandIsNotObeyedTwiceThoughAnotherCalendarWentOn() {
        Openings open = Openings.NONE.with(begin());
        open = open.with(desk.obey(command("x", "2026-11"), open, view.inForce(), DECEMBER)
                .barriers());
        open = open.with(desk.obey(
                        command("y", "2026-12@Europe/Berlin"),
                        open,
                        view.inForce(),
                        Instant.parse("2027-01-01T00:00:00Z"))
                .barriers());

        Obeyed again = desk.obey(command("x", "2026-11"), open, view.inForce(), DECEMBER);

        assertThat(again.barriers()).isEmpty();
        assertThat(again.answer().getOutcome()).isEqualTo(OutcomeKind.ACCEPTED);
    }

    @Test
    void aPeriodThatIsNotOverIsRefused() {
        Obeyed refused = desk.obey(command("x", "2026-11"), Openings.NONE.with(begin()), view.inForce(), NOVEMBER);

        assertThat(refused.barriers()).isEmpty();
        assertThat(refused.answer().getOutcome()).isEqualTo(OutcomeKind.REFUSED);
    }

    @Test
    void theLastBarrierTellsHowTheJournalStandsForAllCalendars() {
        Openings open = Openings.NONE.with(begin());
        Obeyed obeyed = desk.obey(command("a|b", "2026-11"), open, view.inForce(), DECEMBER);
        Openings after = open.with(obeyed.barriers());
        RecordHeaders headers = new RecordHeaders();
        after.write(headers);

        Openings read = Openings.read(headers, obeyed.barriers().getLast());

        assertThat(read.all()).isEqualTo(after.all());
        assertThat(read.all()).extracting(Opening::commandId).containsExactly("", "a|b");
        assertThat(read.missing(List.of(MONTHS, BERLIN, Calendar.of(PeriodLength.DAY, "UTC"))))
                .containsExactly(Calendar.of(PeriodLength.DAY, "UTC"));
    }

    @Test
    void aBarrierFromBeforeCalendarsTellsOfItsOwn() {
        PeriodBarrier old = PeriodBarrier.newBuilder()
                .setCloses("2026-10")
                .setOpens("2026-11")
                .setCarriers(List.of("acme"))
                .setCommandId("x")
                .setAt(NOVEMBER)
                .setZone("Europe/Berlin")
                .build();

        assertThat(ids(Openings.read(new RecordHeaders(), old))).containsExactly("2026-11@Europe/Berlin");
    }

    private List<PeriodBarrier> begin() {
        return desk.begin(view.inForce().calendars(), view.inForce(), NOVEMBER);
    }

    private static List<String> ids(Openings open) {
        return open.all().stream().map(opening -> opening.period().id()).toList();
    }

    private static ClosePeriod command(String id, String period) {
        return ClosePeriod.newBuilder()
                .setCommandId(id)
                .setPeriod(period)
                .setRequestedBy("finance")
                .setRequestedAt(DECEMBER)
                .setReason("month end")
                .build();
    }
}
