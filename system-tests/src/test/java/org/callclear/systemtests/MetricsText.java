package org.callclear.systemtests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of metrics, read as Prometheus reads it.
 *
 * @param text the page
 * @param types of its families, by name: counter, gauge, histogram, summary
 */
record MetricsText(String text, SortedMap<String, String> types, List<Sample> samples) {
    private static final Pattern LINE = Pattern.compile("([a-z_:]+)(?:\\{(.*)})? ([^ ]+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One line. */
    record Sample(String name, Map<String, String> labels, double value) {}

    static MetricsText fetch(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            return of(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    static MetricsText of(String text) {
        SortedMap<String, String> types = new TreeMap<>();
        List<Sample> samples = new ArrayList<>();
        text.lines().forEach(line -> {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ", -1);
                types.put(words[2], words[3]);
            } else if (!line.startsWith("#")) {
                samples.add(sample(line));
            }
        });
        return new MetricsText(text, types, samples);
    }

    private static Sample sample(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new AssertionError("no line of a page of metrics: " + line);
        }
        Map<String, String> labels = new HashMap<>();
        if (parts.group(2) != null) {
            Matcher label = LABEL.matcher(parts.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        double value = parts.group(3).equals("NaN")
                ? Double.NaN
                : Double.parseDouble(parts.group(3).replace("+Inf", "Infinity"));
        return new Sample(parts.group(1), labels, value);
    }

    /** The sum of all series of a name that have these labels: name, value, name, value. */
    long sum(String name, String... labels) {
        List<Sample> found = samples.stream()
                .filter(sample -> sample.name().equals(name) && has(sample, labels))
                .toList();
        if (found.isEmpty()) {
            throw new AssertionError("no series " + name + " " + List.of(labels));
        }
        return Math.round(found.stream().mapToDouble(Sample::value).sum());
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }
}
