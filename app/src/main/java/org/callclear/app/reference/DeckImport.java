package org.callclear.app.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.app.reference.DeckDraft.Placed;
import org.callclear.app.reference.DeckFile.Overlaps;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.rating.RateChoice;
import org.callclear.schemas.rating.RateDeck;
import org.jspecify.annotations.Nullable;

/**
 * One import of a rate deck: makes a revision of a file and what is known, or finds every fault.
 *
 * @param deck its name
 * @param currency what all rates are in; empty: as the file says, else as the revision in force, else as the contracts
 * @param mode what becomes of the rows that the file does not have
 * @param agreed why increases may come without notice; empty: they may not
 * @param dropped why a whole file may take prices away that calls of the past may still need; empty: it may not
 * @param at now, the beginning of any notice
 */
public record DeckImport(String deck, String currency, Mode mode, String agreed, String dropped, Instant at) {
    /** What becomes of the rows of the revision in force. */
    public enum Mode {
        /** They go: the file is the whole deck. */
        REPLACE,
        /** They stay, where the file has no others. */
        CHANGE
    }

    /** Nothing given and nothing agreed. */
    public static DeckImport whole(String deck, String currency, Instant at) {
        return new DeckImport(deck, currency, Mode.REPLACE, "", "", at);
    }

    /** Checks a file against what is known, whole. */
    public Checked<DeckRevision> check(DeckDraft draft, ReferenceData known) {
        List<Fault> faults = new ArrayList<>(draft.faults());
        DeckTerms terms = DeckTerms.of(deck, known);
        ReferenceData.@Nullable Deck before = known.decks().get(deck);
        List<Placed> rows = before != null && mode == Mode.CHANGE
                ? DeckMerge.over(before.rates(), draft.rows())
                : new ArrayList<>(draft.rows());
        rows.sort(Placed.ORDER);
        String unit = unit(draft, terms, before, faults);
        new DeckTimes(draft, faults).check(rows, Overlaps.REFUSED);
        List<RateRow> rates = new ArrayList<>(rows.size());
        rows.forEach(placed -> rates.add(placed.rate()));
        String warning = "";
        if (before != null && mode == Mode.REPLACE && draft.faults().isEmpty()) {
            warning = compareWhole(draft, rows, RateDeck.of(deck, 0, rates), before.rates(), terms, faults);
        }
        if (before != null && checksNotice(terms)) {
            new DeckNotice(draft, before.rates(), terms, at, faults).check(rows);
        }
        return Checked.of(new DeckRevision(deck, rates, unit, at, warning), faults);
    }

    private boolean checksNotice(DeckTerms terms) {
        return agreed.isEmpty() && terms.noticeDays() > 0;
    }

    /** Looks for what the new revision leaves out. */
    private String compareWhole(
            DeckDraft draft, List<Placed> rows, RateDeck next, RateDeck before, DeckTerms terms, List<Fault> faults) {
        if (checksNotice(terms)) {
            new DeckNotice(draft, before, terms, at, faults).checkLeftOut(rows, next);
        }
        List<Fault> lost = new ArrayList<>();
        new DeckHistory(before, next, at).find(loss -> lost.add(lost(draft, before, loss)));
        if (dropped.isEmpty()) {
            faults.addAll(lost);
        } else if (!lost.isEmpty()) {
            return lost.size() + " prefixes lose prices of the past, as was wanted; the first: " + lost.getFirst();
        }
        return ends(next, before);
    }

    private static Fault lost(DeckDraft draft, RateDeck before, DeckHistory.Lost loss) {
        return new Fault(
                draft.file(),
                0,
                "prefix",
                loss.prefix(),
                "would have no price from " + ReferenceExport.instant(loss.from()) + " to "
                        + ReferenceExport.instant(loss.to()) + ", and has one in revision " + before.revision()
                        + ": usage records of that time could not be priced any more; keep its rows (with a valid_to where they end), or say "
                        + "why not with --drop-history");
    }

    /** What has a price now and ends for good, at once. */
    private String ends(RateDeck next, RateDeck before) {
        List<String> ending = new ArrayList<>();
        before.forEachRow(row -> {
            if (before.choose(row.getPrefix(), at) instanceof RateChoice.Rated held
                    && held.isFor(row.getPrefix(), row.getValidFrom())
                    && next.choose(row.getPrefix(), at) instanceof RateChoice.Unrated) {
                ending.add(row.getPrefix());
            }
        });
        return ending.isEmpty()
                ? ""
                : ending.size() + " prefixes that have a price now have none from now on, the first is "
                        + ending.getFirst();
    }

    private String unit(DeckDraft draft, DeckTerms terms, ReferenceData.@Nullable Deck before, List<Fault> faults) {
        String unit = currency.isEmpty() ? draft.currency() : currency;
        if (!unit.isEmpty() && !Row.isCurrency(unit)) {
            faults.add(currencyFault(draft, unit, "no such currency in ISO 4217"));
            return unit;
        }
        if (!draft.currency().isEmpty() && !draft.currency().equals(unit)) {
            faults.add(currencyFault(draft, draft.currency(), "must be " + unit + ", as the import says"));
        }
        if (unit.isEmpty() && before != null) {
            unit = before.currency();
        }
        for (Contract contract : terms.contracts()) {
            unit = unit.isEmpty() ? contract.getCurrency() : unit;
            if (!contract.getCurrency().equals(unit)) {
                faults.add(currencyFault(
                        draft,
                        unit,
                        "the contract " + contract.getId() + ", which prices by this deck, is in "
                                + contract.getCurrency()));
            }
        }
        return unit;
    }

    private static Fault currencyFault(DeckDraft draft, String value, String why) {
        return new Fault(draft.file(), 0, DeckFile.CURRENCY, value, why);
    }
}
