package org.callclear.app.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.avro.PeriodLength;
import org.junit.jupiter.api.Test;

class ContractFileTest {
    private static final ReferenceData KNOWN = known();

    private static ReferenceData known() {
        ReferenceData none = ReferenceData.empty();
        ReferenceData carriers = none.after(ReferenceUpdate.carriers(
                List.of(
                        new Carrier("acme", "Acme", PartyStatus.ACTIVE, 0L),
                        new Carrier("zenith", "Zenith", PartyStatus.ACTIVE, 0L)),
                none));
        DeckRevision deck = good(DeckImport.whole("acme-deck", "EUR", Instant.EPOCH)
                .check(DeckFile.draft("deck-in-turn.csv", bytes("deck-in-turn.csv")), carriers));
        return carriers.after(ReferenceUpdate.deck(deck, carriers));
    }

    private static <T> T good(Checked<T> checked) {
        assertThat(checked).isInstanceOf(Checked.Good.class);
        return ((Checked.Good<T>) checked).value();
    }

    private static byte[] bytes(String file) {
        try (InputStream in = ContractFileTest.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Contract> read(String file) {
        return good(ContractFile.read(file, bytes(file), KNOWN));
    }

    @Test
    void aContractSaysAllThatTheFileSays() {
        Contract contract = read("contracts-whole.csv").getFirst();

        assertThat(contract.getFreeSeconds()).isEqualTo(5);
        assertThat(contract.getFreeSecondsRule()).isEqualTo(FreeSecondsRule.THRESHOLD);
        assertThat(contract.getMinimumCharge()).isEqualTo(new BigDecimal("0.010000"));
        assertThat(contract.getAttemptFee()).isEqualTo(new BigDecimal("0.002000"));
        assertThat(contract.getSplitAtRateChanges()).isTrue();
        assertThat(contract.getGate())
                .isEqualTo(new DisputeGate(new BigDecimal("1.500000"), new BigDecimal("0.050000"), GateRule.ALL));
        assertThat(contract.getOneSidedDelaySeconds()).isEqualTo(86_400);
        assertThat(contract.getNoticeDays()).isEqualTo(7);
        assertThat(contract.getPeriodLength()).isEqualTo(PeriodLength.WEEK);
        assertThat(contract.getPeriodZone()).isEqualTo("Europe/Berlin");
        assertThat(contract.getMinimumPayment()).isEqualTo(new BigDecimal("25.000000"));
    }

    @Test
    void whatTheFileDoesNotSayIsAsTheSchemaHasIt() {
        Contract usual = Contract.newBuilder()
                .setId("zenith-out")
                .setCarrier("zenith")
                .setSide(org.callclear.schemas.avro.Role.TERMINATING)
                .setCurrency("EUR")
                .setDeck("acme-deck")
                .setRevision(0L)
                .build();

        assertThat(read("contracts-whole.csv").getLast()).isEqualTo(usual);
    }

    @Test
    void yamlSaysTheSameAsCsv() {
        assertThat(read("contracts-whole.yaml")).isEqualTo(read("contracts-whole.csv"));
    }

    @Test
    void whatIsExportedImportsAsNoChange() {
        ReferenceData once = KNOWN.after(ReferenceUpdate.contracts(read("contracts-whole.csv"), KNOWN));

        String exported = ReferenceExport.contracts(once.contracts().values());

        List<Contract> again = good(ContractFile.read("again.csv", exported.getBytes(StandardCharsets.UTF_8), once));
        assertThat(ReferenceUpdate.contracts(again, once).entries()).isEmpty();
        assertThat(ReferenceUpdate.contracts(read("contracts-whole.yaml"), once).entries())
                .isEmpty();
    }

    @Test
    void everyFaultIsFoundAtOnce() {
        String csv = """
                id,carrier,side,currency,deck,period_zone,gate_amount,free_seconds
                acme-in,nobody,BOTH,XYZ,no-deck,Mars/Olympus,1,-1
                """;

        Checked<List<Contract>> checked =
                ContractFile.read("contracts.csv", csv.getBytes(StandardCharsets.UTF_8), KNOWN);

        assertThat(((Checked.Bad<List<Contract>>) checked).faults())
                .extracting(Fault::field)
                .containsExactlyInAnyOrder(
                        "carrier", "side", "currency", "deck", "period_zone", "gate_percent", "free_seconds");
    }
}
