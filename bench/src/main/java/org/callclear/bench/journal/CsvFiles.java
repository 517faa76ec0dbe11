package org.callclear.bench.journal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.RateTerms;
import org.jspecify.annotations.Nullable;

/** The journal's grants and reports as three CSV files, in the columns of {@code tables.sql}. */
public final class CsvFiles implements AutoCloseable {
    private static final int MICROS = 6;

    private final Writer grants;
    private final Writer routes;
    private final Writer cdrs;

    /** Makes grants.csv, routes.csv and cdrs.csv in a folder that is there. */
    public CsvFiles(Path folder) {
        this.grants = open(folder.resolve("grants.csv"));
        this.routes = open(folder.resolve("routes.csv"));
        this.cdrs = open(folder.resolve("cdrs.csv"));
    }

    /** Adds an entry. */
    public void write(Entry entry) {
        switch (entry.value()) {
            case Grant grant -> grant(grant);
            case AcceptedCdr accepted -> report(accepted.getReporter(), accepted.getCdr());
            default ->
                throw new IllegalArgumentException(
                        "no table for it: " + entry.value().getSchema());
        }
    }

    private void grant(Grant grant) {
        row(
                grants,
                grant.getCallId(),
                grant.getOriginatingCarrier(),
                grant.getCalling(),
                grant.getCalled(),
                millis(grant.getGrantedAt()),
                grant.getToleranceSeconds(),
                terms(grant.getOriginationTerms()));
        for (GrantedRoute route : grant.getRoutes()) {
            row(
                    routes,
                    grant.getCallId(),
                    route.getLeg(),
                    route.getGateway(),
                    route.getTerminatingCarrier(),
                    route.getTransactionId(),
                    route.getMaxDurationSeconds(),
                    terms(route.getTerminationTerms()));
        }
    }

    private void report(String reporter, CallDetailRecord cdr) {
        row(
                cdrs,
                cdr.getCallId(),
                cdr.getLeg(),
                cdr.getRole(),
                reporter,
                cdr.getTransactionId(),
                cdr.getOriginatingCarrier(),
                cdr.getTerminatingCarrier(),
                cdr.getGateway(),
                cdr.getCalling(),
                cdr.getCalled(),
                millis(cdr.getSetupAt()),
                millis(cdr.getAnsweredAt()),
                millis(cdr.getEndedAt()),
                cdr.getSipStatus(),
                cdr.getQ850Cause(),
                cdr.getReleaseSource(),
                cdr.getVersion());
    }

    private static String terms(RateTerms terms) {
        return join(
                terms.getContract(),
                terms.getContractRevision(),
                terms.getDeck(),
                terms.getDeckRevision(),
                terms.getPrefix(),
                terms.getDestination(),
                micros(terms.getRatePerMinute()),
                terms.getCurrency(),
                terms.getInitialSeconds(),
                terms.getIncrementSeconds(),
                micros(terms.getConnectFee()));
    }

    private static String micros(BigDecimal amount) {
        return amount.movePointRight(MICROS).toBigIntegerExact().toString();
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : at.toEpochMilli();
    }

    private static String join(@Nullable Object... values) {
        return Arrays.stream(values).map(value -> Objects.toString(value, "")).collect(Collectors.joining(","));
    }

    private static void row(Writer writer, @Nullable Object... values) {
        try {
            writer.write(join(values) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("a CSV file cannot be written", e);
        }
    }

    private static BufferedWriter open(Path file) {
        try {
            return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }

    @Override
    public void close() {
        try (grants;
                routes;
                cdrs) {
            cdrs.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a CSV file cannot be written", e);
        }
    }
}
