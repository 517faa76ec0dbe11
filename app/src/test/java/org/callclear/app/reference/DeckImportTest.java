package org.callclear.app.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.callclear.app.reference.DeckImport.Mode;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.topics.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deck in force since January with a notice of a week, and what is imported on the first of June. */
class DeckImportTest {
    private static final String HEADER = "prefix,destination,rate_per_minute,initial_seconds,increment_seconds,"
            + "connect_fee,valid_from,valid_to,status\n";
    private static final String JANUARY = "2026-01-01T00:00:00.000Z";
    private static final String INSIDE = "2026-06-05T00:00:00.000Z";
    private static final String AFTER = "2026-06-08T00:00:00.000Z";
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final int WEEK = 7;
    /** What a file leaves out of the past is tested by itself, with {@link #STRICT}. */
    private static final DeckImport WHOLE =
            new DeckImport("acme-deck", "", Mode.REPLACE, "", "another test looks at it", NOW);

    private static final DeckImport STRICT = DeckImport.whole("acme-deck", "", NOW);
    private static final DeckImport CHANGE = new DeckImport("acme-deck", "", Mode.CHANGE, "", "", NOW);

    private static String row(String prefix, String rate, String from) {
        return prefix + ",Somewhere," + rate + ",1,1,0," + from + ",,ACTIVE\n";
    }

    private static DeckDraft draft(String... rows) {
        return DeckFile.draft("deck.csv", (HEADER + String.join("", rows)).getBytes(StandardCharsets.UTF_8));
    }

    private static DeckDraft file(String name) {
        try (InputStream in = DeckImportTest.class.getResourceAsStream(name)) {
            return DeckFile.draft(name, Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ReferenceData known(int noticeDays, IncrementAnchor anchor, String... rows) {
        ReferenceData none = ReferenceData.empty();
        DeckRevision deck =
                good(DeckImport.whole("acme-deck", "EUR", Instant.EPOCH).check(draft(rows), none));
        ReferenceData known = none.after(ReferenceUpdate.deck(deck, none));
        Contract contract = Contract.newBuilder()
                .setId("acme-in")
                .setCarrier("acme")
                .setSide(Role.ORIGINATING)
                .setCurrency("EUR")
                .setDeck("acme-deck")
                .setIncrementAnchor(anchor)
                .setNoticeDays(noticeDays)
                .setRevision(1)
                .build();
        return known.after(
                new ReferenceUpdate(List.of(new ReferenceUpdate.Entry(Topic.CONTRACTS, "acme-in", contract))));
    }

    private static ReferenceData known(String... rows) {
        return known(WEEK, IncrementAnchor.AFTER_INITIAL, rows);
    }

    private static <T> T good(Checked<T> checked) {
        assertThat(checked).isInstanceOf(Checked.Good.class);
        return ((Checked.Good<T>) checked).value();
    }

    private static List<Fault> faults(Checked<?> checked) {
        assertThat(checked).isInstanceOf(Checked.Bad.class);
        return ((Checked.Bad<?>) checked).faults();
    }

    private static String revised(DeckImport work, ReferenceData known, String... rows) {
        ReferenceUpdate update = ReferenceUpdate.deck(good(work.check(draft(rows), known)), known);
        return ReferenceExport.deck(
                        Objects.requireNonNull(known.after(update).decks().get("acme-deck")))
                .replace("\r\n", "\n")
                .replace(",EUR\n", "\n")
                .replace(HEADER.strip() + ",currency\n", "");
    }

    @ParameterizedTest
    @CsvSource({
        "deck-increase-inside-notice.csv, 2, rate_per_minute",
        "deck-fee-inside-notice.csv, 2, connect_fee",
        "deck-longer-steps-inside-notice.csv, 2, increment_seconds",
        "deck-increase-by-longer-prefix-inside-notice.csv, 3, rate_per_minute"
    })
    void anIncreaseInsideTheNoticeIsFound(String name, long line, String field) {
        List<Fault> faults = faults(WHOLE.check(file(name), known(row("49", "0.01", JANUARY))));

        assertThat(faults).extracting(Fault::line, Fault::field).containsExactly(tuple(line, field));
    }

    @Test
    void anIncreaseAfterTheNoticeIsNoFault() {
        assertThat(CHANGE.check(draft(row("49", "0.02", AFTER)), known(row("49", "0.01", JANUARY))))
                .isInstanceOf(Checked.Good.class);
    }

    @Test
    void aLowerRateANewDestinationAndABlockedOneNeedNoNotice() {
        ReferenceData known = known(row("49", "0.01", JANUARY), row("44", "0.01", JANUARY));

        Checked<DeckRevision> checked = CHANGE.check(
                draft(
                        row("49", "0.009", INSIDE),
                        row("33", "0.5", INSIDE),
                        "44,Somewhere,,1,1,,2026-06-02T00:00:00.000Z,,BLOCKED\n"),
                known);

        assertThat(checked).isInstanceOf(Checked.Good.class);
    }

    @Test
    void anIncreaseThatWasAgreedNeedsNoNoticeButAllElseIsChecked() {
        DeckImport agreed =
                new DeckImport("acme-deck", "", Mode.REPLACE, "mail of 30 May", "another test looks at it", NOW);
        ReferenceData known = known(row("49", "0.01", JANUARY));

        assertThat(agreed.check(draft(row("49", "0.02", INSIDE)), known)).isInstanceOf(Checked.Good.class);
        assertThat(agreed.check(file("deck-gap.csv"), known)).isInstanceOf(Checked.Bad.class);
    }

    @Test
    void withoutANoticeInTheContractsNothingIsCompared() {
        ReferenceData known = known(0, IncrementAnchor.AFTER_INITIAL, row("49", "0.01", JANUARY));

        assertThat(WHOLE.check(draft(row("49", "0.02", INSIDE)), known)).isInstanceOf(Checked.Good.class);
    }

    @Test
    void aDecreaseThatWasPublishedIsNotTakenBackInsideTheNotice() {
        ReferenceData known = known(
                "49,Somewhere,0.02,1,1,0,2026-01-01T00:00:00.000Z,2026-06-03T00:00:00.000Z,ACTIVE\n",
                row("49", "0.01", "2026-06-03T00:00:00.000Z"));

        assertThat(faults(WHOLE.check(draft(row("49", "0.02", JANUARY)), known)))
                .extracting(Fault::line, Fault::field)
                .containsExactly(tuple(2L, "rate_per_minute"));
    }

    @Test
    void leavingACheapPrefixOutIsAnIncreaseToo() {
        ReferenceData known = known(row("49", "0.02", JANUARY), row("4930", "0.01", JANUARY));

        assertThat(faults(WHOLE.check(draft(row("44", "0.01", JANUARY), row("49", "0.02", JANUARY)), known)))
                .extracting(Fault::line, Fault::field)
                .containsExactly(tuple(3L, "prefix"));
    }

    @ParameterizedTest
    @CsvSource({
        "30, 6, 6, 6, AFTER_INITIAL, false",
        "30, 6, 1, 1, AFTER_INITIAL, false",
        "30, 6, 5, 6, AFTER_INITIAL, true",
        "30, 6, 30, 7, AFTER_INITIAL, true",
        "30, 6, 60, 6, AFTER_INITIAL, true",
        "31, 6, 1, 6, AFTER_INITIAL, false",
        "31, 6, 1, 6, FROM_ZERO, true",
        "30, 6, 10, 6, FROM_ZERO, false",
        "30, 6, 10, 6, AFTER_INITIAL, true",
        "30, 12, 30, 6, FROM_ZERO, false"
    })
    void stepsAreDearerWhenSomeCallIsBilledForMore(
            int initialBefore, int stepBefore, int initial, int step, IncrementAnchor anchor, boolean dearer) {
        ReferenceData known = known(
                WEEK, anchor, "49,Somewhere,0.01," + initialBefore + "," + stepBefore + ",0," + JANUARY + ",,ACTIVE\n");
        DeckDraft draft = draft("49,Somewhere,0.01," + initial + "," + step + ",0," + INSIDE + ",,ACTIVE\n");

        assertThat(CHANGE.check(draft, known) instanceof Checked.Bad).isEqualTo(dearer);
        assertThat(isBilledForMore(initialBefore, stepBefore, initial, step, anchor))
                .as("what a look at each call says")
                .isEqualTo(dearer);
    }

    private static boolean isBilledForMore(
            int initialBefore, int stepBefore, int initial, int step, IncrementAnchor anchor) {
        for (long seconds = 1; seconds < 1000; seconds++) {
            if (org.callclear.schemas.rating.Billing.billedSeconds(seconds, initial, step, anchor)
                    > org.callclear.schemas.rating.Billing.billedSeconds(seconds, initialBefore, stepBefore, anchor)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void changesEndTheOpenRowAndLeaveTheRest() {
        ReferenceData known = known(row("44", "0.03", JANUARY), row("49", "0.01", JANUARY));

        assertThat(revised(CHANGE, known, row("49", "0.02", AFTER)))
                .isEqualTo(row("44", "0.03", JANUARY)
                        + "49,Somewhere,0.01,1,1,0,2026-01-01T00:00:00.000Z,2026-06-08T00:00:00.000Z,ACTIVE\n"
                        + row("49", "0.02", AFTER));
    }

    @Test
    void aChangeOfTheSameBeginningTakesTheRowsPlace() {
        ReferenceData known = known(row("49", "0.02", JANUARY));

        assertThat(revised(CHANGE, known, row("49", "0.01", JANUARY))).isEqualTo(row("49", "0.01", JANUARY));
    }

    @Test
    void aChangeThatOverlapsALaterRowInForceIsFoundOnItsOwnLine() {
        ReferenceData known = known(row("49", "0.01", "2026-09-01T00:00:00.000Z"));

        assertThat(faults(CHANGE.check(draft(row("44", "0.01", JANUARY), row("49", "0.01", AFTER)), known)))
                .extracting(Fault::line, Fault::field)
                .containsExactly(tuple(3L, "valid_to"));
    }

    @Test
    void theSameFileAgainIsNoNewRevisionInWhateverOrderItsRowsStand() {
        ReferenceData known = known(row("49", "0.01", JANUARY), row("44", "0.03", JANUARY));

        DeckRevision again = good(WHOLE.check(draft(row("44", "0.03", JANUARY), row("49", "0.01", JANUARY)), known));

        assertThat(ReferenceUpdate.deck(again, known).entries()).isEmpty();
    }

    @Test
    void aRevisionSaysItsCurrencyAndWhenItWasImported() {
        ReferenceData known = known(row("49", "0.01", JANUARY));

        ReferenceUpdate update =
                ReferenceUpdate.deck(good(WHOLE.check(draft(row("44", "0.01", JANUARY)), known)), known);

        RateDeckChunk chunk = (RateDeckChunk) update.entries().getFirst().value();
        assertThat(chunk.getCurrency()).isEqualTo("EUR");
        assertThat(chunk.getImportedAt()).isEqualTo(NOW);
        assertThat(chunk.getRevision()).isEqualTo(2);
    }

    @Test
    void aCurrencyOtherThanTheContractsIsAFault() {
        DeckImport dollars = DeckImport.whole("acme-deck", "USD", NOW);

        assertThat(faults(dollars.check(draft(row("49", "0.01", JANUARY)), known(row("49", "0.01", JANUARY)))))
                .extracting(Fault::line, Fault::field, Fault::value)
                .containsExactly(tuple(0L, "currency", "USD"));
    }

    @Test
    void aCurrencyThatIsNoneIsAFault() {
        DeckImport unknown = DeckImport.whole("acme-deck", "EUX", NOW);

        assertThat(faults(unknown.check(draft(row("49", "0.01", JANUARY)), ReferenceData.empty())))
                .extracting(Fault::field, Fault::value)
                .containsExactly(tuple("currency", "EUX"));
    }

    @Test
    void aWholeFileThatLeavesThePastOutIsRefused() {
        ReferenceData known =
                known(0, IncrementAnchor.AFTER_INITIAL, row("44", "0.01", JANUARY), row("49", "0.01", JANUARY));
        DeckDraft fromNowOn = draft(row("44", "0.01", JANUARY), row("49", "0.01", "2026-06-01T00:00:00.000Z"));

        assertThat(faults(STRICT.check(fromNowOn, known)))
                .extracting(Fault::line, Fault::field, Fault::value)
                .containsExactly(tuple(0L, "prefix", "49"));
        assertThat(good(WHOLE.check(fromNowOn, known)).warning()).contains("49");
    }

    @Test
    void aPrefixThatIsLeftOutTakesItsPastWithIt() {
        ReferenceData known = known(row("44", "0.01", JANUARY), row("49", "0.01", JANUARY));

        assertThat(faults(STRICT.check(draft(row("49", "0.01", JANUARY)), known)))
                .extracting(Fault::field, Fault::value)
                .containsExactly(tuple("prefix", "44"));
    }

    @Test
    void aPriceMayEndForGoodAsLongAsItsPastIsTold() {
        ReferenceData known = known(row("44", "0.01", JANUARY), row("49", "0.01", JANUARY));
        String ended = "44,Somewhere,0.01,1,1,0,2026-01-01T00:00:00.000Z,2026-06-01T00:00:00.000Z,ACTIVE\n";

        assertThat(good(STRICT.check(draft(ended, row("49", "0.01", JANUARY)), known))
                        .warning())
                .contains("44");
    }

    @Test
    void aPriceThatComesBackLaterLeavesAGap() {
        ReferenceData known = known(0, IncrementAnchor.AFTER_INITIAL, row("4", "0.01", JANUARY));
        String ended = "4,Somewhere,0.01,1,1,0,2026-01-01T00:00:00.000Z,2026-06-03T00:00:00.000Z,ACTIVE\n";
        String[] longer = new String[11];
        longer[0] = ended;
        for (int digit = 0; digit <= 9; digit++) {
            longer[digit + 1] = row("4" + digit, "0.01", INSIDE);
        }

        assertThat(faults(STRICT.check(draft(longer), known)))
                .extracting(Fault::field, Fault::value)
                .containsExactly(tuple("prefix", "4"));
    }

    @Test
    void aPrefixMaySplitIntoAllItsLongerOnes() {
        ReferenceData known = known(row("4", "0.01", JANUARY));
        String[] all = new String[10];
        for (int digit = 0; digit <= 9; digit++) {
            all[digit] = row("4" + digit, "0.01", JANUARY);
        }

        assertThat(STRICT.check(draft(all), known)).isInstanceOf(Checked.Good.class);
        assertThat(STRICT.check(draft(java.util.Arrays.copyOf(all, 9)), known)).isInstanceOf(Checked.Bad.class);
    }

    @Test
    void whatNoReportCanBeOfAnyMoreMayBeForgotten() {
        ReferenceData known = known(
                "49,Somewhere,0.02,1,1,0,2024-01-01T00:00:00.000Z,2025-01-01T00:00:00.000Z,ACTIVE\n",
                row("49", "0.01", "2025-01-01T00:00:00.000Z"));

        assertThat(STRICT.check(draft(row("49", "0.01", "2025-01-01T00:00:00.000Z")), known))
                .isInstanceOf(Checked.Good.class);
    }

    @Test
    void prefixesThatLoseTheirPriceAreWarnedOf() {
        ReferenceData known = known(row("44", "0.01", JANUARY), row("49", "0.01", JANUARY));

        assertThat(good(WHOLE.check(draft(row("49", "0.02", AFTER)), known)).warning())
                .contains("44");
        assertThat(good(CHANGE.check(draft(row("49", "0.02", AFTER)), known)).warning())
                .isEmpty();
    }

    @Test
    void everyBadRowOfAFileIsReportedAtOnce() {
        List<Fault> faults = faults(WHOLE.check(file("deck-all-wrong.csv"), known(row("34", "0.01", JANUARY))));

        assertThat(faults)
                .extracting(Fault::line, Fault::field)
                .containsExactly(
                        tuple(2L, "rate_per_minute"),
                        tuple(3L, "prefix"),
                        tuple(4L, "destination"),
                        tuple(4L, "initial_seconds"),
                        tuple(4L, "connect_fee"),
                        tuple(6L, "valid_from"),
                        tuple(7L, ""),
                        tuple(8L, "valid_from"));
    }
}
