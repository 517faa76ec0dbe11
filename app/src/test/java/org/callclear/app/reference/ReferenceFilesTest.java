package org.callclear.app.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.callclear.app.reference.DeckFile.Overlaps;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.rating.RateDeck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceFilesTest {
    private static final String HEADER = "prefix,destination,rate_per_minute,initial_seconds,increment_seconds,"
            + "connect_fee,valid_from,valid_to,status\n";
    private static final ReferenceData KNOWN = known();

    @Test
    void aHeaderOfAMillionColumnsIsOneFaultNotAMillion() {
        byte[] file = ("prefix" + ",".repeat(1_000_000) + "\n").getBytes(StandardCharsets.UTF_8);

        Checked<List<RateRow>> checked = DeckFile.read("deck.csv", file, Overlaps.REFUSED);

        assertThat(((Checked.Bad<?>) checked).faults()).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(1);
            assertThat(fault.field()).isEqualTo("header");
        });
    }

    @Test
    @Timeout(30)
    void anAmountOfAMillionDigitsIsAFaultAndIsNotTakenForANumber() {
        String row = "44,UK," + "9".repeat(1_000_000) + ",30,6,,2026-01-01T00:00:00Z,,ACTIVE\n";
        byte[] file = (HEADER + row).getBytes(StandardCharsets.UTF_8);

        Checked<List<RateRow>> checked = DeckFile.read("deck.csv", file, Overlaps.REFUSED);

        assertThat(((Checked.Bad<?>) checked).faults())
                .singleElement()
                .extracting(Fault::why)
                .isEqualTo("must be a decimal number such as 0.0125");
    }

    @ParameterizedTest
    @CsvSource({
        "carriers-twice.csv, 3, id",
        "carriers-short-line.csv, 2, ''",
        "carriers-wrong-header.csv, 1, header",
        "carriers-open-quote.csv, 2, ''",
        "carriers-latin1.csv, 2, ''",
        "carriers-empty.csv, 1, ''",
        "gateways-unknown-carrier.csv, 2, carrier",
        "gateways-plus-prefix.csv, 2, prefixes",
        "gateways-no-channels.csv, 2, channels",
        "contracts-unknown-currency.csv, 2, currency",
        "contracts-unknown-deck.csv, 2, deck",
        "contracts-other-currency.csv, 2, currency",
        "contracts-half-gate.csv, 2, gate_amount",
        "contracts-gate-beyond-all.csv, 2, gate_percent",
        "contracts-no-such-zone.csv, 2, period_zone",
        "contracts-offset-zone.csv, 2, period_zone",
        "contracts-fine-fee.csv, 2, attempt_fee",
        "contracts-no-such-yes.csv, 2, split_at_rate_changes",
        "contracts-long-notice.csv, 2, notice_days",
        "contracts-unknown-field.yaml, 6, grace",
        "contracts-no-list.yaml, 1, ''",
        "contracts-no-yaml.yaml, 3, ''",
        "contracts-alias-of-a-line-end.yaml, 2, ''",
        "contracts-twice.yaml, 6, deck",
        "deck-overlap.csv, 3, valid_from",
        "deck-hidden-overlap.csv, 3, valid_from",
        "deck-gap.csv, 3, valid_from",
        "deck-duplicate-row.csv, 4, prefix",
        "deck-unknown-currency.csv, 2, currency",
        "deck-two-currencies.csv, 3, currency",
        "deck-no-such-status.csv, 2, status",
        "deck-same-start.csv, 3, prefix",
        "deck-seven-decimals.csv, 2, rate_per_minute",
        "deck-negative-rate.csv, 2, rate_per_minute",
        "deck-no-initial.csv, 2, initial_seconds",
        "deck-no-time.csv, 2, valid_from",
        "deck-ends-before-it-begins.csv, 2, valid_to"
    })
    void aLieIsFoundWhereItStands(String file, long line, String field) {
        Checked<?> checked = read(file);

        assertThat(checked).isInstanceOf(Checked.Bad.class);
        assertThat(((Checked.Bad<?>) checked).faults()).first().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo(file);
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.field()).isEqualTo(field);
            assertThat(fault.toString().lines()).hasSize(1);
        });
    }

    @Test
    void aRowThatIsNoCsvIsFoundWhereItBeginsWhateverCameBefore() {
        Checked<List<Carrier>> checked = CarrierFile.read("carriers-lies.csv", bytes("carriers-lies.csv"));

        assertThat(((Checked.Bad<List<Carrier>>) checked).faults())
                .extracting(Fault::line, Fault::field)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2L, "name"),
                        org.assertj.core.groups.Tuple.tuple(5L, ""),
                        org.assertj.core.groups.Tuple.tuple(8L, ""),
                        org.assertj.core.groups.Tuple.tuple(9L, "status"),
                        org.assertj.core.groups.Tuple.tuple(10L, ""));
    }

    @Test
    void aRowWithTheWrongNumberOfFieldsSaysHowManyThereAreAndAreWanted() {
        Checked<List<Carrier>> checked = CarrierFile.read("carriers-lies.csv", bytes("carriers-lies.csv"));

        assertThat(((Checked.Bad<List<Carrier>>) checked).faults())
                .filteredOn(fault -> fault.line() == 5 || fault.line() == 8)
                .satisfiesExactly(
                        few -> assertThat(few.why()).contains("2", "3"),
                        many -> assertThat(many.why()).contains("4", "3"));
    }

    @Test
    void aHugeFieldIsAFaultOfItsRowAndTheOthersAreStillLookedAt() {
        String csv = "id,name,status\nacme," + "x".repeat(200_000) + ",ACTIVE\nzenith,Zenith,ACTVE\n";

        assertThat(carrierFaults(csv))
                .extracting(Fault::line, Fault::field)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2L, "name"),
                        org.assertj.core.groups.Tuple.tuple(3L, "status"));
    }

    @Test
    void aFieldBeyondTheBoundIsOneFaultInWordsOfOurOwn() {
        String csv = "id,name,status\nzenith,Zenith,ACTIVE\nacme," + "x".repeat(1_100_000) + ",ACTIVE\n";

        assertThat(carrierFaults(csv)).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(3);
            assertThat(fault.why()).contains("1000000").doesNotContain("buffer");
        });
    }

    private static List<Fault> carrierFaults(String csv) {
        Checked<List<Carrier>> checked =
                CarrierFile.read("carriers.csv", csv.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(checked).isInstanceOf(Checked.Bad.class);
        return ((Checked.Bad<List<Carrier>>) checked).faults();
    }

    @Test
    void everyWrongRowIsReportedAtOnce() {
        Checked<List<Carrier>> checked = CarrierFile.read("carriers-wrong-line.csv", bytes("carriers-wrong-line.csv"));

        assertThat(((Checked.Bad<List<Carrier>>) checked).faults())
                .extracting(Fault::line, Fault::field, Fault::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3L, "status", "ACTVE"),
                        org.assertj.core.groups.Tuple.tuple(4L, "id", "Lumen"));
    }

    @Test
    void ratesThatFollowEachOtherAreNoOverlap() {
        assertThat(read("deck-in-turn.csv")).isInstanceOf(Checked.Good.class);
    }

    @Test
    void aQuoteMayLookIntoADeckWithOverlaps() {
        assertThat(DeckFile.read("deck-overlap.csv", bytes("deck-overlap.csv"), Overlaps.ALLOWED))
                .isInstanceOf(Checked.Good.class);
    }

    @Test
    void aRowHoldsWhatTheFileSays() {
        String csv = HEADER + "4915,\"Germany, mobile\",0.0412,30,6,0.001,2026-01-01T00:00:00.000Z,,BLOCKED\n";

        List<RateRow> rows = good(
                DeckFile.read("deck.csv", csv.getBytes(java.nio.charset.StandardCharsets.UTF_8), Overlaps.REFUSED));

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.getDestination()).isEqualTo("Germany, mobile");
            assertThat(row.getRatePerMinute()).isEqualTo(new BigDecimal("0.041200"));
            assertThat(row.getInitialSeconds()).isEqualTo(30);
            assertThat(row.getConnectFee()).isEqualTo(new BigDecimal("0.001000"));
            assertThat(row.getStatus()).isEqualTo(RateStatus.BLOCKED_RATE);
            assertThat(row.getValidTo()).isNull();
        });
    }

    @Test
    void whatIsExportedImportsUnchanged() {
        List<RateRow> rows = good(DeckFile.read("deck-in-turn.csv", bytes("deck-in-turn.csv"), Overlaps.REFUSED));

        String exported = ReferenceExport.deck(new ReferenceData.Deck(RateDeck.of("deck", 1, rows), ""));

        assertThat(good(DeckFile.read(
                        "again.csv", exported.getBytes(java.nio.charset.StandardCharsets.UTF_8), Overlaps.REFUSED)))
                .isEqualTo(rows);
    }

    @Test
    void bytesThatAreNotUtf8AreNamedWithLineAndByteAndHideNoOtherFault() {
        byte[] file = "id,name,status\nacme,Ac\u00e9 m\u00e9,ACTIVE\nzenith,Zen\u00efth,ACTVE\nBell,,ACTIVE\n"
                .getBytes(StandardCharsets.ISO_8859_1);

        Checked<List<Carrier>> checked = CarrierFile.read("carriers.csv", file);

        assertThat(((Checked.Bad<List<Carrier>>) checked).faults())
                .extracting(Fault::toString)
                .satisfiesExactlyInAnyOrder(
                        fault -> assertThat(fault).isEqualTo("carriers.csv:2: byte 8 of the line, 0xE9, is not UTF-8"),
                        fault -> assertThat(fault).isEqualTo("carriers.csv:3: byte 11 of the line, 0xEF, is not UTF-8"),
                        fault -> assertThat(fault).contains("carriers.csv:3: status 'ACTVE'"),
                        fault -> assertThat(fault).contains("carriers.csv:4: id 'Bell'"),
                        fault -> assertThat(fault).contains("carriers.csv:4: name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3a9", "e282ac", "f09f9880", "efbfbd", "ed9fbf", "f48fbfbf"})
    void utf8OfAnyLengthIsTaken(String hex) {
        assertThat(CarrierFile.read("carriers.csv", carrier(hex))).isInstanceOf(Checked.Good.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "c0af", "c1bf", "e08080", "eda080", "f08080af", "f4908080", "f5808080", "e282", "ff"})
    void whatIsNoUtf8IsRefused(String hex) {
        assertThat(((Checked.Bad<List<Carrier>>) CarrierFile.read("carriers.csv", carrier(hex))).faults())
                .singleElement()
                .extracting(Fault::line)
                .isEqualTo(2L);
    }

    private static byte[] carrier(String hex) {
        return ("id,name,status\nacme,x" + new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1)
                        + ",ACTIVE\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void faultsOfARowStandInTheOrderOfItsColumns() {
        byte[] file = "status,name,id\nACTVE,,Acme\n".getBytes(StandardCharsets.UTF_8);

        Checked<List<Carrier>> checked = CarrierFile.read("carriers.csv", file);

        assertThat(((Checked.Bad<List<Carrier>>) checked).faults())
                .extracting(Fault::field)
                .containsExactly("status", "name", "id");
    }

    @Test
    void aFileImportedTwiceWritesNothingTheSecondTime() {
        List<Carrier> carriers = List.of(new Carrier("acme", "Acme", PartyStatus.ACTIVE, 0L));
        ReferenceData once = ReferenceData.empty().after(ReferenceUpdate.carriers(carriers, ReferenceData.empty()));

        ReferenceUpdate again = ReferenceUpdate.carriers(carriers, once);

        assertThat(again.entries()).isEmpty();
    }

    @Test
    void aChangeGetsTheNextRevision() {
        List<Carrier> changed = List.of(new Carrier("acme", "Acme", PartyStatus.SUSPENDED, 0L));

        ReferenceUpdate update = ReferenceUpdate.carriers(changed, KNOWN);

        assertThat(update.entries())
                .extracting(entry -> ((Carrier) entry.value()).getRevision())
                .containsExactly(2L);
    }

    @Test
    void aLargeDeckIsWrittenInChunksAndHoldsOnlyOnceAllAreThere() {
        StringBuilder csv = new StringBuilder(HEADER);
        for (int i = 0; i < 2500; i++) {
            csv.append("49%04d,Place,0.01,1,1,0,2026-01-01T00:00:00.000Z,,ACTIVE\n".formatted(i));
        }
        List<RateRow> rows = good(DeckFile.read(
                "large.csv", csv.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), Overlaps.REFUSED));

        ReferenceUpdate update = ReferenceUpdate.deck(
                new DeckRevision("large", rows, "EUR", java.time.Instant.EPOCH, ""), ReferenceData.empty());

        assertThat(update.entries()).hasSize(3);
        ReferenceUpdate torn = new ReferenceUpdate(update.entries().subList(0, 2));
        assertThat(ReferenceData.empty().after(torn).decks()).isEmpty();
        assertThat(ReferenceData.empty().after(torn).deckRevisions()).containsEntry("large", 1L);
        assertThat(Objects.requireNonNull(
                                ReferenceData.empty().after(update).decks().get("large"))
                        .rows())
                .hasSize(2500);
    }

    private static Checked<?> read(String file) {
        byte[] content = bytes(file);
        return switch (file.substring(0, file.indexOf('-'))) {
            case "carriers" -> CarrierFile.read(file, content);
            case "gateways" -> GatewayFile.read(file, content, KNOWN);
            case "contracts" -> ContractFile.read(file, content, KNOWN);
            default -> DeckFile.read(file, content, Overlaps.REFUSED);
        };
    }

    private static ReferenceData known() {
        ReferenceData none = ReferenceData.empty();
        List<Carrier> carriers = List.of(
                new Carrier("acme", "Acme", PartyStatus.ACTIVE, 0L),
                new Carrier("zenith", "Zenith", PartyStatus.ACTIVE, 0L));
        List<RateRow> deck = good(DeckFile.read("deck-in-turn.csv", bytes("deck-in-turn.csv"), Overlaps.REFUSED));
        return none.after(ReferenceUpdate.carriers(carriers, none)
                .and(ReferenceUpdate.deck(new DeckRevision("acme-deck", deck, "EUR", null, ""), none)));
    }

    private static <T> T good(Checked<T> checked) {
        assertThat(checked).isInstanceOf(Checked.Good.class);
        return ((Checked.Good<T>) checked).value();
    }

    private static byte[] bytes(String file) {
        try (InputStream in = ReferenceFilesTest.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
