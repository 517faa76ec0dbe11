package org.callclear.app.reference;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.jspecify.annotations.Nullable;

/** Reference data as files that an import takes back unchanged. */
public final class ReferenceExport {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private ReferenceExport() {}

    /** As {@link CarrierFile} reads them. */
    public static String carriers(Collection<Carrier> carriers) {
        return csv(
                CarrierFile.COLUMNS,
                carriers.stream()
                        .map(c -> List.of(c.getId(), c.getName(), c.getStatus().name()))
                        .toList());
    }

    /** As {@link GatewayFile} reads them. */
    public static String gateways(Collection<Gateway> gateways) {
        return csv(
                GatewayFile.COLUMNS,
                gateways.stream()
                        .map(g -> List.of(
                                g.getId(),
                                g.getCarrier(),
                                String.join(" ", g.getPrefixes()),
                                Integer.toString(g.getPriority()),
                                Integer.toString(g.getChannels()),
                                g.getStatus().name()))
                        .toList());
    }

    /** As {@link ContractFile} reads them. */
    public static String contracts(Collection<Contract> contracts) {
        List<String> columns = new ArrayList<>(ContractFile.COLUMNS);
        columns.addAll(ContractFile.OPTIONAL);
        return csv(columns, contracts.stream().map(ReferenceExport::contract).toList());
    }

    private static List<String> contract(Contract c) {
        @Nullable DisputeGate gate = c.getGate();
        return List.of(
                c.getId(),
                c.getCarrier(),
                c.getSide().name(),
                c.getCurrency(),
                c.getDeck(),
                c.getDurationRounding().name(),
                c.getIncrementAnchor().name(),
                c.getRoundingLevel().name(),
                c.getRoundingRule().name(),
                Integer.toString(c.getRoundingScale()),
                c.getSettlingSide().name(),
                Integer.toString(c.getToleranceSeconds()),
                Integer.toString(c.getFreeSeconds()),
                c.getFreeSecondsRule().name(),
                plain(c.getMinimumCharge()),
                plain(c.getAttemptFee()),
                Boolean.toString(c.getSplitAtRateChanges()),
                gate == null ? "" : plain(gate.getPercent()),
                gate == null ? "" : plain(gate.getAmount()),
                gate == null ? "" : gate.getRule().name(),
                Long.toString(c.getOneSidedDelaySeconds()),
                Integer.toString(c.getNoticeDays()),
                c.getPeriodLength().name(),
                c.getPeriodZone(),
                plain(c.getMinimumPayment()));
    }

    /** As {@link LimitFile} reads them. */
    public static String limits(Collection<CallLimit> limits) {
        List<String> columns = new ArrayList<>(LimitFile.COLUMNS);
        columns.addAll(LimitFile.OPTIONAL);
        return csv(columns, limits.stream().map(ReferenceExport::limit).toList());
    }

    private static List<String> limit(CallLimit l) {
        return List.of(
                l.getCarrier(),
                l.getPrefix(),
                Objects.toString(l.getMaxCallsPerSecond(), ""),
                Objects.toString(l.getMaxConcurrentCalls(), ""),
                l.getMaxCostPerHour() == null ? "" : plain(l.getMaxCostPerHour()),
                l.getCurrency(),
                l.getAction().name());
    }

    /** As {@link DeckFile} reads it. */
    public static String deck(ReferenceData.Deck deck) {
        List<String> columns = new ArrayList<>(DeckFile.COLUMNS);
        if (!deck.currency().isEmpty()) {
            columns.add(DeckFile.CURRENCY);
        }
        return csv(columns, rows -> deck.rates().forEachRow(row -> rows.accept(rate(row, deck.currency()))));
    }

    private static List<String> rate(RateRow r, String currency) {
        List<String> fields = new ArrayList<>(List.of(
                r.getPrefix(),
                r.getDestination(),
                plain(r.getRatePerMinute()),
                Integer.toString(r.getInitialSeconds()),
                Integer.toString(r.getIncrementSeconds()),
                plain(r.getConnectFee()),
                instant(r.getValidFrom()),
                instant(r.getValidTo()),
                r.getStatus() == RateStatus.BLOCKED_RATE ? "BLOCKED" : "ACTIVE"));
        if (!currency.isEmpty()) {
            fields.add(currency);
        }
        return fields;
    }

    /** Faults of a file, each with its place: {@code line,field,value,why}. */
    public static String faults(List<Fault> faults) {
        return csv(
                List.of("line", "field", "value", "why"),
                rows -> faults.forEach(
                        f -> rows.accept(List.of(Long.toString(f.line()), f.field(), f.value(), f.why()))));
    }

    static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    static String instant(@Nullable Instant instant) {
        return instant == null ? "" : INSTANT.format(instant);
    }

    private static String csv(List<String> header, List<List<String>> rows) {
        return csv(header, rows::forEach);
    }

    private static String csv(List<String> header, Consumer<Consumer<List<String>>> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            writer.writeRecord(header);
            rows.accept(writer::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen in memory", e);
        }
        return text.toString();
    }
}
