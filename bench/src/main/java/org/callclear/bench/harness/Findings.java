package org.callclear.bench.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All that one call of a benchmark found: series, what was asked of them, and remarks. */
public final class Findings {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmm").withZone(ZoneOffset.UTC);

    private final String name;
    private final String title;
    private final Plan plan;
    private final Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final double loadBefore = Machine.load();
    private final List<String> remarks = new ArrayList<>();
    private final List<Series> series = new ArrayList<>();
    private final List<Series> overTime = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param name of the benchmark, as it is called
     * @param title what it measures
     */
    public Findings(String name, String title, Plan plan) {
        this.name = name;
        this.title = title;
        this.plan = plan;
    }

    /** Adds a remark: a setting, or what stands in the way of a bound. */
    public void remark(String text) {
        remarks.add(text);
    }

    /** Adds what was measured. */
    public Series measured(String what, String unit, List<Double> values) {
        Series one = new Series(what, unit, values);
        series.add(one);
        return one;
    }

    /** Adds what was measured in each part of one long run, in their order. */
    public void overTime(String what, String unit, List<Double> values) {
        overTime.add(new Series(what, unit, values));
    }

    /** Adds what was asked of it. */
    public void ask(Asked one) {
        asked.add(one);
    }

    /** Prints and writes the report; true when all that was asked is met. */
    public boolean report(PrintStream out) {
        String text = markdown();
        out.print(text);
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        String file = name + "-" + STAMP.format(at);
        try {
            Files.createDirectories(plan.results);
            Files.writeString(plan.results.resolve(file + ".md"), text, StandardCharsets.UTF_8);
            Files.writeString(
                    plan.results.resolve(file + ".json"),
                    json.writeValueAsString(members()) + "\n",
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(plan.results + ": the report cannot be written", e);
        }
        return asked.stream().allMatch(Asked::isMet);
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("benchmark", name);
        members.put("at", at.toString());
        members.put("command", plan.command);
        members.put("commit", plan.commit);
        members.put("machine", Machine.here());
        members.put("loadBefore", loadBefore);
        members.put("remarks", remarks);
        members.put("series", series);
        if (!overTime.isEmpty()) {
            members.put("overTime", overTime);
        }
        members.put("asked", asked);
        return members;
    }

    private String markdown() {
        Machine machine = Machine.here();
        List<String> lines = new ArrayList<>();
        lines.add("# " + title);
        lines.add("");
        lines.add("- at: " + at);
        lines.add("- command: `" + plan.command + "`");
        lines.add("- commit: " + plan.commit);
        lines.add("- machine: " + machine.cores() + " cores, " + machine.memoryMib() + " MiB, " + machine.kernel());
        lines.add("- JDK: " + machine.jdk());
        lines.add("- load before: " + Asked.number(loadBefore));
        remarks.forEach(remark -> lines.add("- " + remark));
        lines.add("");
        lines.add("| what | unit | median | least | most | runs |");
        lines.add("| --- | --- | ---: | ---: | ---: | ---: |");
        for (Series one : series) {
            lines.add("| "
                    + String.join(
                            " | ",
                            one.name(),
                            one.unit(),
                            Asked.number(one.median()),
                            Asked.number(one.least()),
                            Asked.number(one.most()),
                            Integer.toString(one.values().size()))
                    + " |");
        }
        lines.addAll(parts());
        if (!asked.isEmpty()) {
            lines.add("");
            lines.addAll(Asked.table(asked));
        }
        return String.join("\n", lines) + "\n";
    }

    private List<String> parts() {
        List<String> lines = new ArrayList<>();
        int parts = overTime.stream().mapToInt(one -> one.values().size()).max().orElse(0);
        if (parts > 0) {
            lines.add("");
            lines.add("| over time | unit |"
                    + IntStream.rangeClosed(1, parts)
                            .mapToObj(part -> " " + part + " |")
                            .collect(Collectors.joining()));
            lines.add("| --- | --- |" + " ---: |".repeat(parts));
        }
        for (Series one : overTime) {
            String values = one.values().stream().map(Asked::number).collect(Collectors.joining(" | "));
            lines.add("| " + String.join(" | ", one.name(), one.unit(), values) + " |");
        }
        return lines;
    }
}
