package org.callclear.clearinghouse.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls come off in the order of their minutes, and within one in the order in which they were put there. */
class AgendaTest {
    private static final Charge CHARGE = new Charge("EUR", BigInteger.ONE, BigInteger.ONE, Calls.terms("0.01"));

    private final Agenda agenda = new Agenda();
    private final TrackedCall first = call();
    private final TrackedCall second = call();
    private final TrackedCall third = call();

    @Test
    void theMinutesComeInTheirOrderAndCallsInTheirs() {
        agenda.put(first, 8);
        agenda.put(second, 7);
        agenda.put(third, 8);

        assertThat(agenda.poll(6)).isNull();
        assertThat(polled(7)).containsExactly(second);
        assertThat(polled(100)).containsExactly(first, third);
        assertThat(agenda.size()).isZero();
    }

    @Test
    void whatIsTakenOffDoesNotComeWhereverItStood() {
        for (TrackedCall gone : List.of(first, second, third)) {
            List<TrackedCall> stay = new ArrayList<>(List.of(first, second, third));
            stay.forEach(call -> agenda.put(call, 5));

            agenda.remove(gone);
            stay.remove(gone);

            assertThat(agenda.size()).isEqualTo(2);
            assertThat(polled(5)).containsExactlyElementsOf(stay);
        }
    }

    @Test
    void aCallOfAnotherAgendaIsLeftThere() {
        Agenda other = new Agenda();
        other.put(first, 5);

        agenda.remove(first);

        assertThat(agenda.size()).isZero();
        assertThat(other.poll(5)).isSameAs(first);
        assertThat(other.poll(5)).isNull();
    }

    @Test
    void aCallStandsOnOneAgendaOnly() {
        agenda.put(first, 5);

        assertThatThrownBy(() -> new Agenda().put(first, 5)).isInstanceOf(IllegalStateException.class);
        assertThat(agenda.poll(5)).isSameAs(first);
    }

    private List<TrackedCall> polled(long minute) {
        List<TrackedCall> polled = new ArrayList<>();
        for (TrackedCall call = agenda.poll(minute); call != null; call = agenda.poll(minute)) {
            polled.add(call);
        }
        return polled;
    }

    private static TrackedCall call() {
        return new TrackedCall(
                Calls.id(Instant.EPOCH), new CarrierBook("acme"), 442071838750L, 0, 1, CHARGE, List.of());
    }
}
