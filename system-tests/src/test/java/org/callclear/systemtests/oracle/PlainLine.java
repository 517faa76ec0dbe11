package org.callclear.systemtests.oracle;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.callclear.systemtests.oracle.Ledger.Cell;
import org.callclear.systemtests.oracle.Ledger.Page;
import org.callclear.systemtests.oracle.Ledger.Sums;

/**
 * A line of a statement.
 *
 * @param name what its calls have in common, in the order that lines are sorted by
 * @param contracts those its calls were priced by, with revisions
 * @param decks likewise
 * @param days those that its calls were rated at, in the period's zone
 */
record PlainLine(List<String> name, Sums sums, List<String> contracts, List<String> decks, List<LocalDate> days)
        implements Comparable<PlainLine> {
    private static final List<String> KINDS = List.of("CALLS", "ATTEMPTS", "DISPUTED");

    static List<String> name(Page page, Cell cell) {
        LocalDate origin = page.calendar().periodOf(cell.day());
        return List.of(
                Integer.toString(KINDS.indexOf(cell.kind())),
                cell.side(),
                cell.counterparty(),
                cell.destination(),
                cell.prefix(),
                cell.rate(),
                cell.currency(),
                cell.level(),
                cell.rule(),
                Integer.toString(cell.scale()),
                origin.equals(page.period()) ? "" : page.calendar().name(origin),
                cell.found());
    }

    static PlainLine of(List<String> name, List<Map.Entry<Cell, Sums>> cells) {
        Sums sums = cells.stream().map(Map.Entry::getValue).reduce(Sums::plus).orElseThrow();
        return new PlainLine(
                name,
                sums,
                cells.stream().map(cell -> cell.getKey().contract()).toList(),
                cells.stream().map(cell -> cell.getKey().deck()).toList(),
                cells.stream().map(cell -> cell.getKey().day()).toList());
    }

    private String kind() {
        return KINDS.get(Integer.parseInt(name.get(0)));
    }

    boolean isCalls() {
        return kind().equals("CALLS");
    }

    boolean isDisputed() {
        return kind().equals("DISPUTED");
    }

    String side() {
        return name.get(1);
    }

    String counterparty() {
        return name.get(2);
    }

    String currency() {
        return name.get(6);
    }

    boolean isNothing() {
        return sums.isNothing();
    }

    /** The sum of what was posted, or the exact sum rounded once; what is withheld always as it was posted. */
    Fraction amount() {
        return name.get(7).equals("PER_CALL") || isDisputed()
                ? sums.posted()
                : sums.exact().rounded(Integer.parseInt(name.get(9)), name.get(8));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new TreeMap<>(Map.of(
                "kind", kind(),
                "destination", name.get(3),
                "prefix", name.get(4),
                "rate_per_minute", name.get(5),
                "calls", sums.calls(),
                "seconds", sums.seconds(),
                "billed_seconds", sums.billed(),
                "amount", amount().fixed(6),
                "currency", currency(),
                "side", side()));
        json.put("counterparty", counterparty());
        if (!name.get(10).isEmpty()) {
            json.put("origin_period", name.get(10));
        }
        if (isDisputed()) {
            json.put("class", name.get(11));
        }
        return json;
    }

    @Override
    public int compareTo(PlainLine other) {
        for (int i = 0; i < name.size(); i++) {
            int order = name.get(i).compareTo(other.name.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
