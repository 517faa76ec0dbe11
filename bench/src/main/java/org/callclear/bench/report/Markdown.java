package org.callclear.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Machine;

/** A report for people. */
public final class Markdown {
    private Markdown() {}

    /** The whole report. */
    public static String of(Report report) {
        return "# Settlement of " + report.cdrs() + " CDRs\n\n" + facts(report) + "\n" + table(report) + "\n"
                + runs(report) + "\n## Checks\n\n"
                + report.checks().stream().map(check -> "- " + check + "\n").collect(Collectors.joining())
                + "\n" + String.join("\n", Asked.table(report.asked())) + "\n";
    }

    /** The medians, with what they are of the plain consumer and of PostgreSQL. */
    public static String table(Report report) {
        StringBuilder text = new StringBuilder(row("what", "median CDR/s", "asked", "of plain", "of PostgreSQL"));
        text.append(row("---", "---:", "---:", "---:", "---:"));
        for (Figure figure : report.figures()) {
            text.append(row(
                    figure.name(),
                    Long.toString(figure.median()),
                    figure.atLeast() == 0
                            ? ""
                            : figure.atLeast() + (figure.median() >= figure.atLeast() ? " met" : " MISSED"),
                    ratio(figure, find(report, "plain")),
                    ratio(figure, find(report, "PostgreSQL"))));
        }
        return text.toString();
    }

    private static String runs(Report report) {
        StringBuilder text = new StringBuilder("## Runs\n\n");
        text.append(row(
                "what",
                "CDR/s",
                "from cold",
                "s",
                "to start s",
                "heap MiB",
                "after GC MiB",
                "RSS MiB",
                "CPU s",
                "broker CPU s",
                "GC s",
                "load before"));
        text.append(row("---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:"));
        for (Figure figure : report.figures()) {
            for (Run run : figure.runs()) {
                text.append(row(
                        figure.name(),
                        Long.toString(run.rate()),
                        Long.toString(run.coldRate()),
                        number(run.seconds()),
                        number(run.startSeconds()),
                        Long.toString(run.mostHeapMib()),
                        Long.toString(run.heapAfterCollectionMib()),
                        Long.toString(run.rssMib()),
                        number(run.cpuSeconds()),
                        number(run.brokerCpuSeconds()),
                        number(run.collectionSeconds()),
                        number(run.loadBefore())));
            }
        }
        return text.toString();
    }

    private static String facts(Report report) {
        Machine machine = report.machine();
        return "- at: " + report.at() + "\n- command: `" + report.command() + "`\n- commit: " + report.commit()
                + "\n- machine: " + machine.cores() + " cores, " + machine.memoryMib() + " MiB, " + machine.kernel()
                + "\n- JDK: " + machine.jdk() + "\n- journal: " + report.journalRecords() + " records in 4 partitions\n"
                + report.settings().stream().map(s -> "- " + s + "\n").collect(Collectors.joining());
    }

    private static Optional<Figure> find(Report report, String name) {
        return report.figures().stream()
                .filter(figure -> figure.name().startsWith(name))
                .findFirst();
    }

    private static String ratio(Figure figure, Optional<Figure> to) {
        return to.filter(other -> other.median() > 0)
                .map(other -> String.format(Locale.ROOT, "%.2f", (double) figure.median() / other.median()))
                .orElse("");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", List.of(cells)) + " |\n";
    }
}
