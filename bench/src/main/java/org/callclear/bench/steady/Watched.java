package org.callclear.bench.steady;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.bench.sip.ThroughCallclear;

/** The system seen from outside: its page of metrics, its directory, and what the kernel says of its process. */
final class Watched {
    private static final double MIB = 1 << 20;
    private static final double KIB_IN_MIB = 1 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final List<String> PARTIES = List.of("proxy", "clearinghouse", "gateway");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI metrics;
    private final Path data;
    private final Path status;

    Watched(ThroughCallclear callclear) {
        this.metrics = callclear.metrics();
        this.data = callclear.data();
        this.status = Path.of("/proc", Long.toString(callclear.id()), "status");
    }

    /** Everything, now. */
    Look look() throws IOException, InterruptedException {
        Map<Quantity, Double> values = new HashMap<>();
        takeFrom(page(), values);
        takeFromDisk(values);
        values.put(Quantity.RSS, status("VmRSS") / KIB_IN_MIB);
        values.put(Quantity.THREADS, status("Threads"));
        return new Look(Instant.now(), values);
    }

    /** Calls that some party takes for open. */
    double openCalls() throws IOException, InterruptedException {
        Page page = page();
        return PARTIES.stream().mapToDouble(party -> openCalls(page, party)).sum();
    }

    private Page page() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() != 200) {
            throw new IOException(metrics + ": status " + answer.statusCode());
        }
        return Page.read(answer.body());
    }

    private static void takeFrom(Page page, Map<Quantity, Double> values) {
        PARTIES.forEach(party -> values.put(Quantity.openCallsOf(party), openCalls(page, party)));
        values.put(Quantity.USED_TOKENS, page.sum("callclear_gateway_used_tokens"));
        page.sumBy("callclear_lag_records", "reader")
                .forEach((reader, records) -> values.put(Quantity.lagOf(reader), records));
    }

    private static double openCalls(Page page, String party) {
        return page.sum("callclear_" + party + "_open_calls");
    }

    private void takeFromDisk(Map<Quantity, Double> values) throws IOException {
        Path parties = data.resolve("parties");
        Path settlement = parties.resolve("settlement");
        double own = (double) Disk.bytes(settlement);
        values.put(Quantity.SETTLEMENT, own / MIB);
        values.put(Quantity.JOURNALS, (Disk.bytes(parties) - own) / MIB);
        values.put(Quantity.LOG, (Disk.bytes(data.resolve("callclear.log")) + Disk.bytes(data.resolve("logs"))) / MIB);
    }

    private double status(String name) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IOException(status + ": no " + name));
    }
}
