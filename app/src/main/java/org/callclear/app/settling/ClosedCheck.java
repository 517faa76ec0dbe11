package org.callclear.app.settling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.callclear.schemas.avro.Statement;
import org.callclear.settlement.net.Span;

/**
 * Whether a period may be netted: every carrier has its statement, so nothing can be added to its accounts. Carriers that
 * joined later have none and need none.
 */
final class ClosedCheck {
    private final Span netted;
    private final Set<String> there = new HashSet<>();
    private final SortedSet<String> carriers = new TreeSet<>();
    private boolean closed;

    private ClosedCheck(Span netted) {
        this.netted = netted;
    }

    /**
     * What stands in the way, a line each; empty when the period may be netted.
     *
     * @param posted by carrier, the periods that its account was posted to, up to the one that is netted
     */
    static List<String> faults(Span netted, Map<String, SortedSet<String>> posted, Collection<Statement> statements) {
        ClosedCheck check = new ClosedCheck(netted);
        statements.forEach(check::take);
        if (!check.closed) {
            return List.of("period " + netted.name() + ": is not closed, no carrier has a statement of it");
        }
        List<String> faults = new ArrayList<>();
        posted.forEach((carrier, periods) -> periods.forEach(period -> check.require(carrier, period, faults)));
        check.carriers.stream()
                .filter(carrier -> !posted.containsKey(carrier) && !check.hasStatement(carrier))
                .forEach(carrier -> faults.add(missing(carrier, netted.name())));
        return faults;
    }

    private void take(Statement statement) {
        Span span = Span.of(statement.getPeriod());
        there.add(key(statement.getCarrier(), statement.getPeriod()));
        if (span.equals(netted)) {
            closed = true;
            there.add(key(statement.getCarrier(), netted.name()));
        } else if (netted.follows(span)) {
            carriers.add(statement.getCarrier());
        }
    }

    private void require(String carrier, String period, List<String> faults) {
        if (!there.contains(key(carrier, period))) {
            faults.add(missing(carrier, period));
        }
    }

    private boolean hasStatement(String carrier) {
        return there.contains(key(carrier, netted.name()));
    }

    private static String missing(String carrier, String period) {
        return "carrier '" + carrier + "', period '" + period + "': its statement is not there yet";
    }

    private static String key(String carrier, String period) {
        return carrier + ' ' + period;
    }
}
