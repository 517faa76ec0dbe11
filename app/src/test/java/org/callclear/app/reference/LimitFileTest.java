package org.callclear.app.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.LimitAction;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.avro.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitFileTest {
    private static final String HEADER =
            "carrier,prefix,max_calls_per_second,max_concurrent_calls,max_cost_per_hour,currency,action\n";

    private final ReferenceData known = ReferenceData.empty()
            .after(ReferenceUpdate.carriers(
                            List.of(carrier("acme"), carrier("lumen"), carrier("zenith")), ReferenceData.empty())
                    .and(ReferenceUpdate.contracts(
                            List.of(
                                    contract("acme-out", "acme", Role.ORIGINATING, "EUR"),
                                    contract("lumen-out", "lumen", Role.ORIGINATING, "USD"),
                                    contract("lumen-in", "lumen", Role.TERMINATING, "EUR")),
                            ReferenceData.empty())));

    private static Carrier carrier(String id) {
        return new Carrier(id, id, PartyStatus.ACTIVE, 1L);
    }

    private static Contract contract(String id, String carrier, Role side, String currency) {
        return Contract.newBuilder()
                .setId(id)
                .setCarrier(carrier)
                .setSide(side)
                .setCurrency(currency)
                .setDeck("sell")
                .setRevision(1)
                .build();
    }

    private Checked<List<CallLimit>> read(String rows) {
        return LimitFile.read("limits.csv", (HEADER + rows).getBytes(StandardCharsets.UTF_8), known);
    }

    private List<CallLimit> good(String rows) {
        Checked<List<CallLimit>> read = read(rows);
        assertThat(read).isInstanceOf(Checked.Good.class);
        return ((Checked.Good<List<CallLimit>>) read).value();
    }

    private List<Fault> bad(String rows) {
        Checked<List<CallLimit>> read = read(rows);
        assertThat(read).isInstanceOf(Checked.Bad.class);
        return ((Checked.Bad<List<CallLimit>>) read).faults();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody,53,1,,,,                 | carrier",
                "ACME,53,1,,,,                   | carrier",
                "acme,+53,1,,,,                  | prefix",
                "acme,,1,,,,                     | prefix",
                "acme,44207946000,1,,,,          | prefix",
                "acme,53,-1,,,,                  | max_calls_per_second",
                "acme,53,10001,,,,               | max_calls_per_second",
                "acme,53,0.5,,,,                 | max_calls_per_second",
                "acme,53,,many,,,                | max_concurrent_calls",
                "acme,53,,,-1,EUR,               | max_cost_per_hour",
                "acme,53,,,1.0000001,EUR,        | max_cost_per_hour",
                "acme,53,,,1,,                   | currency",
                "acme,53,,,1,USD,                | currency",
                "acme,53,,,1,EURO,               | currency",
                "acme,53,1,,,EUR,                | currency",
                "zenith,53,,,1,EUR,              | max_cost_per_hour",
                "acme,53,1,,,,BLOCK              | action",
                "*,53,,,1,EUR,                   | currency"
            })
    void aLieIsFoundWhereItStands(String row, String field) {
        assertThat(bad(row.strip() + "\n"))
                .extracting(Fault::line, Fault::field)
                .contains(Tuple.tuple(2L, field.strip()));
    }

    @Test
    void everyFaultIsReportedAtOnceWithItsValue() {
        assertThat(bad("acme,53,1,,,,\nnobody,053,x,,,,\nacme,53,2,,,,\n"))
                .extracting(Fault::line, Fault::field, Fault::value)
                .containsExactly(
                        Tuple.tuple(3L, "carrier", "nobody"),
                        Tuple.tuple(3L, "prefix", "053"),
                        Tuple.tuple(3L, "max_calls_per_second", "x"),
                        Tuple.tuple(4L, "prefix", "53"));
    }

    @Test
    void aGoodFileComesOutAsItWentInAndASecondTimeChangesNothing() {
        String rows =
                "*,*,50,,,,WARN\r\n*,53,,10,20.5,EUR,REFUSE\r\nlumen,53,,,30,USD,REFUSE\r\nacme,53,,,,,REFUSE\r\n";
        List<CallLimit> limits = good(rows);
        assertThat(limits.getFirst().getAction()).isEqualTo(LimitAction.WARN);
        assertThat(limits.getLast().getMaxConcurrentCalls()).isNull();

        ReferenceData after = known.after(ReferenceUpdate.limits(limits, known));

        assertThat(ReferenceUpdate.limits(limits, after).isEmpty()).isTrue();
        assertThat(ReferenceExport.limits(after.limits().values()).lines().skip(1))
                .containsExactlyInAnyOrderElementsOf(rows.lines().toList());
        assertThat(after.limits().values()).extracting(CallLimit::getRevision).containsOnly(1L);
    }

    @Test
    void aCostForEveryCarrierNeedsOneOfTheirOwnForThoseThatPayInAnotherCurrency() {
        assertThat(bad("*,53,,,20,EUR,\n").getFirst().why()).contains("lumen pays in USD");
        good("*,53,,,20,EUR,\nlumen,53,,,20,USD,\n");
    }

    @Test
    void aQuoteThatIsNotClosedIsSaidToBeOneWhereItSwallowsTheRowsBehindIt() {
        assertThat(bad("acme,\"53,1,,,,\nlumen,49,1,,,,\n"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.why()).contains("quote"));
        assertThat(bad("acme,53\n"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.why()).doesNotContain("quote"));
    }
}
