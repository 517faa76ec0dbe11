package org.callclear.settlement.statement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.callclear.settlement.period.Period;

/**
 * The periods whose postings stand on a statement: its own, and on the first of a calendar earlier ones too, which no
 * barrier closed.
 *
 * @param period the statement's
 * @param isFirst whether it is the first that its calendar closed
 */
public record CoveredPeriods(Period period, boolean isFirst) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A period that is not the first. @throws IllegalArgumentException when there is no such period */
    public static CoveredPeriods only(String period) {
        return new CoveredPeriods(parse(period), false);
    }

    /**
     * Those of a statement: the first of a calendar reaches back to the beginning of every partition.
     *
     * @param statement its JSON
     * @throws IllegalArgumentException when there is no such period, or it is not the JSON of a statement
     */
    public static CoveredPeriods of(String period, byte[] statement) {
        try {
            JsonNode positions = JSON.readTree(statement).path("header").path("log_positions");
            boolean isFirst = !positions.isEmpty();
            for (JsonNode position : positions) {
                isFirst &= position.path("from").asLong(-1) == 0;
            }
            return new CoveredPeriods(parse(period), isFirst);
        } catch (IOException e) {
            throw new IllegalArgumentException("not the JSON of a statement", e);
        }
    }

    /** Whether what was posted to a period stands on the statement. */
    public boolean holds(String periodId) {
        if (periodId.equals(period.id())) {
            return true;
        }
        if (!isFirst) {
            return false;
        }
        Period other = parse(periodId);
        return other.calendar().equals(period.calendar()) && other.compareTo(period) < 0;
    }

    private static Period parse(String id) {
        return Period.parse(id).orElseThrow(() -> new IllegalArgumentException("period '" + id + "': there is none"));
    }
}
