package org.callclear.schemas.rating;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.rating.ExplainedStep.Kind;
import org.jspecify.annotations.Nullable;

/** Why a deck says what it says of a number: the row that holds, and why no other one does. */
public final class ChoiceExplained {
    private ChoiceExplained() {}

    /** The row that holds, then the others of the number's prefixes, longest prefix first. It walks the whole deck. */
    public static List<ExplainedStep> of(RateDeck deck, String digits, Instant at) {
        RateRow chosen = row(deck.choose(digits, at));
        List<ExplainedStep> steps = new ArrayList<>();
        steps.add(
                chosen == null
                        ? new ExplainedStep(Kind.ROW, "none is live for any prefix of the number at " + at, "")
                        : new ExplainedStep(Kind.ROW, words(chosen), chosen.getPrefix()));
        for (RateRow other : matching(deck, digits)) {
            if (!other.equals(chosen)) {
                steps.add(new ExplainedStep(Kind.OTHER_ROW, words(other) + ": " + why(other, chosen, at), ""));
            }
        }
        return steps;
    }

    private static @Nullable RateRow row(RateChoice choice) {
        return switch (choice) {
            case RateChoice.Rated rated -> rated.row();
            case RateChoice.Blocked blocked -> blocked.row();
            case RateChoice.Unrated none -> null;
        };
    }

    private static List<RateRow> matching(RateDeck deck, String digits) {
        List<RateRow> rows = new ArrayList<>();
        deck.forEachRow(row -> {
            if (digits.startsWith(row.getPrefix())) {
                rows.add(row);
            }
        });
        rows.sort(Comparator.comparingInt((RateRow row) -> row.getPrefix().length())
                .thenComparing(RateRow::getValidFrom)
                .reversed());
        return rows;
    }

    private static String why(RateRow row, @Nullable RateRow chosen, Instant at) {
        Instant end = row.getValidTo();
        if (at.isBefore(row.getValidFrom())) {
            return "not live yet";
        }
        if (end != null && !at.isBefore(end)) {
            return "not live any more";
        }
        if (chosen != null && row.getPrefix().length() < chosen.getPrefix().length()) {
            return "its prefix is shorter";
        }
        return chosen != null && row.getValidFrom().isBefore(chosen.getValidFrom())
                ? "it began earlier"
                : "it stands in a lower revision of the deck";
    }

    private static String words(RateRow row) {
        String price = row.getStatus() == RateStatus.ACTIVE_RATE
                ? row.getRatePerMinute().toPlainString() + " a minute, " + row.getInitialSeconds() + "/"
                        + row.getIncrementSeconds() + " s, connect fee "
                        + row.getConnectFee().toPlainString()
                : "blocked";
        return row.getPrefix() + " " + row.getDestination() + ", " + price + ", from " + row.getValidFrom() + " "
                + (row.getValidTo() == null ? "until further notice" : "to " + row.getValidTo());
    }
}
