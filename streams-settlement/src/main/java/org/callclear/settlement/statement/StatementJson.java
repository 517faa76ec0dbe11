package org.callclear.settlement.statement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.callclear.schemas.avro.LineKind;
import org.callclear.schemas.avro.LineName;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.rating.Billing;
import org.callclear.settlement.totals.Sums;

/** The statement as canonical JSON: the truth that every other form is a view of, once it is sealed. */
public final class StatementJson {
    /** Names the rules by which statements are made; a change of any result changes it. */
    public static final String ENGINE = "callclear-settlement/5";

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private StatementJson() {}

    /** The bytes, equal for equal statements. */
    public static byte[] bytes(ClosedStatement statement) {
        return CanonicalJson.bytes(Map.of(
                "header", header(statement),
                "lines", statement.lines().stream().map(StatementJson::line).toList(),
                "disputed",
                        statement.disputed().stream().map(StatementJson::line).toList(),
                "trailer", trailer(statement)));
    }

    private static Map<String, Object> header(ClosedStatement statement) {
        ClosedPeriod covers = statement.covers();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("statement_id", statement.id());
        members.put("carrier", statement.carrier());
        members.put("period", covers.period().id());
        members.put("sequence", statement.sequence());
        members.put("time_zone", covers.period().calendar().zone().getId());
        members.put("from", INSTANT.format(covers.period().begin()));
        members.put("to", INSTANT.format(covers.period().end()));
        members.put("parties", parties(statement));
        members.put("currencies", of(statement, line -> line.label().currency()));
        members.put("contracts", parts(statement, LineName::getContract));
        members.put("decks", parts(statement, LineName::getDeck));
        members.put(
                "log_positions",
                covers.stretches().stream().map(StatementJson::stretch).toList());
        members.put("engine", ENGINE);
        return members;
    }

    private static List<Map<String, String>> parties(ClosedStatement statement) {
        return Stream.concat(
                        Stream.of(party("clearinghouse", "clearinghouse"), party(statement.carrier(), "carrier")),
                        of(statement, line -> line.label().counterparty()).stream()
                                .map(other -> party(other, "counterparty")))
                .toList();
    }

    private static Map<String, String> party(String id, String role) {
        return Map.of("id", id, "role", role);
    }

    private static Map<String, Object> stretch(ClosedPeriod.Stretch stretch) {
        return Map.of("partition", stretch.partition(), "from", stretch.from(), "to", stretch.to());
    }

    private static Map<String, Object> line(StatementLine line) {
        LineLabel label = line.label();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", label.kind().name());
        members.put("destination", label.destination());
        members.put("prefix", label.prefix());
        members.put("rate_per_minute", label.ratePerMinute());
        members.put("calls", line.sums().calls());
        members.put("seconds", line.sums().seconds());
        members.put("billed_seconds", line.sums().billedSeconds());
        members.put("amount", line.amount().toPlainString());
        members.put("currency", label.currency());
        members.put("side", label.side().name());
        members.put("counterparty", label.counterparty());
        if (!label.originPeriod().isEmpty()) {
            members.put("origin_period", label.originPeriod());
        }
        if (!label.disputeClass().isEmpty()) {
            members.put("class", label.disputeClass());
        }
        return members;
    }

    private static Map<String, Object> trailer(ClosedStatement statement) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("lines", statement.lines().size());
        members.put("originating", sums(statement, Role.ORIGINATING));
        members.put("terminating", sums(statement, Role.TERMINATING));
        members.put(
                "totals", statement.totals().stream().map(StatementJson::total).toList());
        members.put("disputed", disputed(statement));
        TreeSet<Integer> days = new TreeSet<>();
        calls(statement).forEach(line -> days.addAll(line.days()));
        if (!days.isEmpty()) {
            members.put("first_answer_date", LocalDate.ofEpochDay(days.first()).toString());
            members.put("last_answer_date", LocalDate.ofEpochDay(days.last()).toString());
        }
        return members;
    }

    private static Map<String, Object> sums(ClosedStatement statement, Role side) {
        Sums sums = calls(statement)
                .filter(line -> line.label().side() == side)
                .map(StatementLine::sums)
                .reduce(Sums.ZERO, Sums::plus);
        return Map.of("calls", sums.calls(), "seconds", sums.seconds(), "billed_seconds", sums.billedSeconds());
    }

    private static Stream<StatementLine> calls(ClosedStatement statement) {
        return statement.lines().stream().filter(line -> line.label().kind() == LineKind.CALLS);
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

    private static List<Map<String, String>> disputed(ClosedStatement statement) {
        return statement.disputed().stream()
                .map(line -> line.label().currency())
                .distinct()
                .sorted()
                .map(currency -> Map.of(
                        "currency", currency,
                        "owed", withheld(statement, currency, Role.ORIGINATING),
                        "due", withheld(statement, currency, Role.TERMINATING)))
                .toList();
    }

    private static String withheld(ClosedStatement statement, String currency, Role side) {
        return statement.disputed().stream()
                .filter(line ->
                        line.label().currency().equals(currency) && line.label().side() == side)
                .map(StatementLine::amount)
                .reduce(BigDecimal.ZERO.setScale(Billing.POSTING_SCALE), BigDecimal::add)
                .toPlainString();
    }

    private static List<String> of(ClosedStatement statement, Function<StatementLine, String> member) {
        return List.copyOf(statement.all().map(member).collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
    }

    private static List<String> parts(ClosedStatement statement, Function<LineName, String> member) {
        TreeSet<String> all = new TreeSet<>();
        statement.all().forEach(line -> line.parts().forEach(part -> all.add(member.apply(part))));
        return List.copyOf(all);
    }
}
