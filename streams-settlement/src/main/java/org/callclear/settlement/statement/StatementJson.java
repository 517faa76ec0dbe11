package org.callclear.settlement.statement;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.callclear.schemas.avro.LineTotal;
import org.callclear.schemas.avro.Role;

/** The statement as canonical JSON: the truth that every other form is a view of. */
public final class StatementJson {
    /** Names the rules by which statements are made; a change of any result changes it. */
    public static final String ENGINE = "callclear-settlement/1";

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private StatementJson() {}

    /** The bytes, equal for equal statements. */
    public static byte[] bytes(ClosedStatement statement) {
        return CanonicalJson.bytes(Map.of(
                "header", header(statement),
                "lines", statement.lines().stream().map(StatementJson::line).toList(),
                "trailer", trailer(statement)));
    }

    private static Map<String, Object> header(ClosedStatement statement) {
        ClosedPeriod covers = statement.covers();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("statement_id", statement.id());
        members.put("carrier", statement.carrier());
        members.put("period", covers.period());
        members.put("sequence", statement.sequence());
        members.put("time_zone", covers.zone());
        members.put("parties", parties(statement));
        members.put(
                "currencies",
                statement.totals().stream().map(CurrencyTotal::currency).toList());
        members.put("contracts", seen(statement, LineTotal::getContracts));
        members.put("decks", seen(statement, LineTotal::getDecks));
        members.put(
                "log_positions",
                covers.stretches().stream().map(StatementJson::stretch).toList());
        members.put("engine", ENGINE);
        return members;
    }

    private static List<Map<String, String>> parties(ClosedStatement statement) {
        TreeSet<String> others = new TreeSet<>();
        statement.lines().forEach(line -> others.add(line.total().getCounterparty()));
        return Stream.concat(
                        Stream.of(party("clearinghouse", "clearinghouse"), party(statement.carrier(), "carrier")),
                        others.stream().map(other -> party(other, "counterparty")))
                .toList();
    }

    private static Map<String, String> party(String id, String role) {
        return Map.of("id", id, "role", role);
    }

    private static Map<String, Object> stretch(ClosedPeriod.Stretch stretch) {
        return Map.of("partition", stretch.partition(), "from", stretch.from(), "to", stretch.to());
    }

    private static Map<String, Object> line(StatementLine line) {
        LineTotal total = line.total();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("destination", total.getDestination());
        members.put("prefix", total.getPrefix());
        members.put("rate_per_minute", total.getRatePerMinute().toPlainString());
        members.put("calls", total.getCalls());
        members.put("seconds", total.getSeconds());
        members.put("billed_seconds", total.getBilledSeconds());
        members.put("amount", line.amount().toPlainString());
        members.put("currency", total.getCurrency());
        members.put("side", total.getSide().name());
        members.put("counterparty", total.getCounterparty());
        return members;
    }

    private static Map<String, Object> trailer(ClosedStatement statement) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("lines", statement.lines().size());
        members.put("originating", sums(statement, Role.ORIGINATING));
        members.put("terminating", sums(statement, Role.TERMINATING));
        members.put(
                "totals", statement.totals().stream().map(StatementJson::total).toList());
        answers(statement).min(Instant::compareTo).ifPresent(at -> members.put("earliest_answer", INSTANT.format(at)));
        statement.lines().stream()
                .map(line -> line.total().getLatestAnswer())
                .max(Instant::compareTo)
                .ifPresent(at -> members.put("latest_answer", INSTANT.format(at)));
        return members;
    }

    private static Stream<Instant> answers(ClosedStatement statement) {
        return statement.lines().stream().map(line -> line.total().getEarliestAnswer());
    }

    private static Map<String, Object> sums(ClosedStatement statement, Role side) {
        List<LineTotal> totals = statement.lines().stream()
                .map(StatementLine::total)
                .filter(total -> total.getSide() == side)
                .toList();
        return Map.of(
                "calls", totals.stream().mapToLong(LineTotal::getCalls).sum(),
                "seconds", totals.stream().mapToLong(LineTotal::getSeconds).sum(),
                "billed_seconds",
                        totals.stream().mapToLong(LineTotal::getBilledSeconds).sum());
    }

    private static Map<String, Object> total(CurrencyTotal total) {
        return Map.of(
                "currency", total.currency(),
                "owed", total.owed().toPlainString(),
                "due", total.due().toPlainString(),
                "exact", total.exact().toExactString(),
                "rounding_difference", total.roundingDifference().toPlainString(),
                "payable", total.payable().toPlainString());
    }

    private static List<String> seen(ClosedStatement statement, Function<LineTotal, Collection<String>> revisions) {
        TreeSet<String> all = new TreeSet<>();
        statement.lines().forEach(line -> all.addAll(revisions.apply(line.total())));
        return List.copyOf(all);
    }
}
