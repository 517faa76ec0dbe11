package org.callclear.app.logview;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.callclear.app.logview.Step.Column;

/**
 * A call as a ladder diagram in text, at most {@value #WIDTH} columns wide: time, four lines of parties, and beside them what
 * matters in each record, last its topic, partition and offset.
 */
public final class Ladder {
    static final int WIDTH = 120;

    private static final int FACTS = 79;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder text = new StringBuilder();

    private Ladder() {}

    /** Draws it. */
    public static String of(CallLog call, Numbers numbers) {
        Ladder ladder = new Ladder();
        ladder.line(
                "Call " + call.call() + ", born " + millis(call.call().bornAt()) + "; times are UTC, of the records");
        Parties.of(call.records(), numbers).forEach(ladder::line);
        ladder.line("");
        ladder.titles();
        Steps steps = new Steps(numbers);
        LocalDate day = null;
        for (LogRecord record : call.records()) {
            LocalDate today = LocalDate.ofInstant(record.at(), ZoneOffset.UTC);
            if (!today.equals(day)) {
                ladder.line(today + lines().substring(10));
                day = today;
            }
            ladder.step(time(record.at()), steps.of(record));
        }
        ladder.line(lines());
        call.unseen().forEach(why -> ladder.wrapped("not shown: " + why));
        return ladder.text.toString().stripTrailing();
    }

    /** Of an instant, the time of day. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** An instant with all three digits of its milliseconds. */
    static String millis(Instant instant) {
        return INSTANT.format(instant);
    }

    private void titles() {
        char[] row = blank();
        for (Column column : Column.WITH_LINE) {
            write(row, column.at() - column.title().length() / 2, column.title());
        }
        line(new String(row));
    }

    private void step(String time, Step step) {
        char[] first = lines().toCharArray();
        write(first, 0, time);
        List<String> facts = new ArrayList<>();
        step.facts().stream().filter(fact -> !fact.isEmpty()).forEach(fact -> facts.addAll(wrap(fact, WIDTH - FACTS)));
        boolean takesPlace = draw(first, step);
        String row = new String(first);
        if (!takesPlace) {
            row = row.substring(0, FACTS) + facts.removeFirst();
        }
        line(row);
        facts.forEach(fact -> line(lines().substring(0, FACTS) + fact));
    }

    /** Whether the name stands where facts stand otherwise. */
    private static boolean draw(char[] row, Step step) {
        if (step.from() == step.to()) {
            int at = step.from().at();
            row[at] = 'o';
            boolean last = step.from() == Column.SETTLEMENT;
            write(row, last ? FACTS : at + 2, step.name());
            return last;
        }
        boolean right = step.from().at() < step.to().at();
        int from = (right ? step.from() : step.to()).at();
        int to = (right ? step.to() : step.from()).at();
        for (int i = from + 1; i < to; i++) {
            row[i] = row[i] == '|' ? '|' : '-';
        }
        row[right ? to - 1 : from + 1] = right ? '>' : '<';
        write(row, from + 3, step.name());
        return step.from() == Column.PEOPLE || step.to() == Column.PEOPLE;
    }

    private static char[] blank() {
        char[] row = new char[WIDTH];
        Arrays.fill(row, ' ');
        return row;
    }

    private static String lines() {
        char[] row = blank();
        for (Column column : Column.WITH_LINE) {
            row[column.at()] = '|';
        }
        return new String(row);
    }

    private static void write(char[] row, int at, String what) {
        for (int i = 0; i < what.length() && at + i < row.length; i++) {
            row[at + i] = what.charAt(i);
        }
    }

    private void wrapped(String sentence) {
        wrap(sentence, WIDTH).forEach(this::line);
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    /** At blanks, and where there is none in time, anywhere. What a terminal would obey is written out. */
    static List<String> wrap(String sentence, int width) {
        List<String> lines = new ArrayList<>();
        String rest = PlainText.line(sentence).strip();
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int cut = blank > 0 ? blank : width;
            lines.add(rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
