package org.callclear.settlement.replay;

import java.util.List;
import org.callclear.settlement.statement.StatementView;

/**
 * The statement that is to be computed again.
 *
 * @param carrier whose it is
 * @param period its period's id
 * @param ends where the period ended, for each partition of the journal: the offset of its barrier
 */
public record Wanted(String carrier, String period, List<Long> ends) {
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
        return new Wanted(
                statement.header().carrier(),
                statement.header().period(),
                positions.stream().map(StatementView.Position::to).toList());
    }
}
