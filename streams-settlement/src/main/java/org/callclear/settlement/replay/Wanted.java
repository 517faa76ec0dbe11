package org.callclear.settlement.replay;

import java.util.List;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.statement.CoveredPeriods;
import org.callclear.settlement.statement.StatementView;

/**
 * The statement that is to be computed again.
 *
 * @param carrier whose it is
 * @param periods whose postings stand on it
 * @param ends where the period ended, for each partition of the journal: the offset of its barrier
 */
public record Wanted(String carrier, CoveredPeriods periods, List<Long> ends) {
    /**
     * A published statement.
     *
     * @throws ReplayException when its log positions are not those of all partitions in order
     */
    public static Wanted of(StatementView statement) {
        List<StatementView.Position> positions = statement.header().positions();
        for (int i = 0; i < positions.size(); i++) {
            if (positions.get(i).partition() != i) {
                throw new ReplayException("log_positions: partition "
                        + positions.get(i).partition() + " stands where partition " + i + " belongs");
            }
        }
        boolean isFirst = !positions.isEmpty() && positions.stream().allMatch(position -> position.from() == 0);
        Period period = Period.parse(statement.header().period())
                .orElseThrow(() ->
                        new ReplayException("period '" + statement.header().period() + "': there is none"));
        return new Wanted(
                statement.header().carrier(),
                new CoveredPeriods(period, isFirst),
                positions.stream().map(StatementView.Position::to).toList());
    }

    /** Id of the statement's period. */
    public String period() {
        return periods.period().id();
    }
}
