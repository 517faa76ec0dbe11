package org.callclear.app.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.Position;
import org.callclear.schemas.avro.Statement;

/**
 * What the demo came to.
 *
 * @param calls placed
 * @param answered of them
 * @param rejected the others: busy, not answered, refused, not authorized
 * @param settledCalls priced and posted
 * @param disputes reports that did not match
 * @param postingsSum of all postings, by currency
 * @param period that was closed
 * @param positions of that period
 * @param statements of that period, one for each carrier
 * @param originator whose statement is shown
 * @param problems what is not as it must be, a line each; empty when all is well
 */
public record Outcome(
        int calls,
        int answered,
        int rejected,
        long settledCalls,
        int disputes,
        Map<String, BigDecimal> postingsSum,
        String period,
        List<Position> positions,
        List<Statement> statements,
        String originator,
        List<String> problems) {}
