package org.callclear.systemtests.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.callclear.systemtests.oracle.Ledger.Cell;
import org.callclear.systemtests.oracle.Ledger.Page;
import org.callclear.systemtests.oracle.Ledger.Sums;

/** A statement: its page's cells added up to lines, and the lines to a trailer. */
final class PlainStatement {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Page page;
    private final List<PlainLine> lines;
    private final List<PlainLine> disputed;

    PlainStatement(Page page, Map<Cell, Sums> cells) {
        this.page = page;
        List<PlainLine> all = lines(page, cells);
        lines = all.stream().filter(line -> !line.isDisputed()).toList();
        disputed = all.stream().filter(PlainLine::isDisputed).toList();
    }

    private static List<PlainLine> lines(Page page, Map<Cell, Sums> cells) {
        Map<List<String>, List<Map.Entry<Cell, Sums>>> groups = new HashMap<>();
        cells.entrySet()
                .forEach(entry -> groups.computeIfAbsent(PlainLine.name(page, entry.getKey()), any -> new ArrayList<>())
                        .add(entry));
        return groups.entrySet().stream()
                .map(group -> PlainLine.of(group.getKey(), group.getValue()))
                .filter(line -> !line.isNothing())
                .sorted()
                .toList();
    }

    /** The lines that count, in their order. */
    List<PlainLine> lines() {
        return lines;
    }

    Map<String, Object> json(long sequence, List<Map<String, Object>> positions) {
        return Map.of(
                "header", header(sequence, positions),
                "lines", lines.stream().map(PlainLine::json).toList(),
                "disputed", disputed.stream().map(PlainLine::json).toList(),
                "trailer", trailer());
    }

    private Stream<PlainLine> all() {
        return Stream.concat(lines.stream(), disputed.stream());
    }

    private List<String> sorted(Function<PlainLine, Stream<String>> part) {
        return new ArrayList<>(new TreeSet<>(all().flatMap(part).toList()));
    }

    private Map<String, Object> header(long sequence, List<Map<String, Object>> positions) {
        PlainCalendar calendar = page.calendar();
        String period = calendar.name(page.period());
        Map<String, Object> header = new TreeMap<>();
        header.put("statement_id", page.carrier() + "-" + period + "-" + sequence);
        header.put("carrier", page.carrier());
        header.put("period", period);
        header.put("sequence", sequence);
        header.put("time_zone", calendar.zone());
        header.put("from", instant(calendar.begin(page.period())));
        header.put("to", instant(calendar.begin(calendar.next(page.period()))));
        header.put("parties", parties());
        header.put("currencies", sorted(line -> Stream.of(line.currency())));
        header.put("contracts", sorted(line -> line.contracts().stream()));
        header.put("decks", sorted(line -> line.decks().stream()));
        header.put("log_positions", positions);
        header.put("engine", "callclear-settlement/5");
        return header;
    }

    private static String instant(Instant instant) {
        return INSTANT.format(instant);
    }

    private List<Map<String, Object>> parties() {
        List<Map<String, Object>> parties = new ArrayList<>();
        parties.add(Map.of("id", "clearinghouse", "role", "clearinghouse"));
        parties.add(Map.of("id", page.carrier(), "role", "carrier"));
        sorted(line -> Stream.of(line.counterparty()))
                .forEach(id -> parties.add(Map.of("id", id, "role", "counterparty")));
        return parties;
    }

    private Map<String, Object> trailer() {
        Map<String, Object> trailer = new TreeMap<>();
        trailer.put("lines", lines.size());
        trailer.put("originating", counts("ORIGINATING"));
        trailer.put("terminating", counts("TERMINATING"));
        trailer.put(
                "totals", PlainTotals.of(lines).stream().map(PlainTotals::json).toList());
        trailer.put(
                "disputed",
                PlainTotals.of(disputed).stream().map(PlainTotals::withheld).toList());
        TreeSet<LocalDate> days = new TreeSet<>(lines.stream()
                .filter(PlainLine::isCalls)
                .flatMap(line -> line.days().stream())
                .toList());
        if (!days.isEmpty()) {
            trailer.put("first_answer_date", days.first().toString());
            trailer.put("last_answer_date", days.last().toString());
        }
        return trailer;
    }

    private Map<String, Object> counts(String side) {
        List<PlainLine> counted = lines.stream()
                .filter(line -> line.isCalls() && line.side().equals(side))
                .toList();
        return Map.of(
                "calls", counted.stream().mapToLong(line -> line.sums().calls()).sum(),
                "seconds",
                        counted.stream()
                                .mapToLong(line -> line.sums().seconds())
                                .sum(),
                "billed_seconds",
                        counted.stream().mapToLong(line -> line.sums().billed()).sum());
    }
}
