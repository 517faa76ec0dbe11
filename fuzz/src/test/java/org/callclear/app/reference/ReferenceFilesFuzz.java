package org.callclear.app.reference;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Swollen;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.wire.AvroTrust;

/**
 * Files that somebody uploads: carriers, gateways, contracts as CSV and as YAML, exchange rates. What is good writes
 * back as the same; what is not has faults with a line of the file, each one line of text.
 */
public final class ReferenceFilesFuzz {
    static {
        AvroTrust.establish(); // as the command line does
    }

    private static final int LONGEST = 64_000;
    private static final ReferenceData KNOWN = known();

    private ReferenceFilesFuzz() {}

    /** The first byte says which file the rest is. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] content = Swollen.of(Arrays.copyOfRange(data, 1, data.length), LONGEST);
        switch ((char) data[0]) {
            case 'c' -> carriers(content);
            case 'g' -> gateways(content);
            case 'k' -> contracts("contracts.csv", content);
            case 'y' -> contracts("contracts.yaml", content);
            default -> faults(Cost.bounded(content.length, () -> ExchangeRateFile.read("rates.csv", content)), content);
        }
    }

    private static void carriers(byte[] content) {
        Checked<List<Carrier>> read = Cost.bounded(content.length, () -> CarrierFile.read("carriers.csv", content));
        faults(read, content);
        if (read instanceof Checked.Good<List<Carrier>> good) {
            Holds.same(
                    read,
                    CarrierFile.read("again.csv", bytes(ReferenceExport.carriers(good.value()))),
                    "carriers written and read");
        }
    }

    private static void gateways(byte[] content) {
        Checked<List<Gateway>> read =
                Cost.bounded(content.length, () -> GatewayFile.read("gateways.csv", content, KNOWN));
        faults(read, content);
        if (read instanceof Checked.Good<List<Gateway>> good) {
            Holds.same(
                    read,
                    GatewayFile.read("again.csv", bytes(ReferenceExport.gateways(good.value())), KNOWN),
                    "gateways written and read");
        }
    }

    private static void contracts(String name, byte[] content) {
        Checked<List<Contract>> read = Cost.bounded(content.length, () -> ContractFile.read(name, content, KNOWN));
        faults(read, content);
        if (read instanceof Checked.Good<List<Contract>> good) {
            Holds.same(
                    read,
                    ContractFile.read("again.csv", bytes(ReferenceExport.contracts(good.value())), KNOWN),
                    "contracts written and read");
        }
    }

    static <T> void faults(Checked<T> read, byte[] content) {
        if (!(read instanceof Checked.Bad<T> bad)) {
            return;
        }
        Holds.that(!bad.faults().isEmpty(), "bad without a fault");
        List<Fault> ordered = bad.faults().stream()
                .sorted(Comparator.comparingLong(Fault::line))
                .toList();
        Holds.same(ordered, bad.faults(), "order of faults");
        long lines = 1;
        for (byte b : content) {
            lines += b == '\n' || b == '\r' ? 1 : 0;
        }
        for (Fault fault : bad.faults().subList(0, Math.min(bad.faults().size(), 200))) {
            long last = lines;
            Holds.that(fault.line() >= 0 && fault.line() <= last, () -> "line " + fault.line() + " of " + last);
            String shown = fault.toString();
            Holds.that(shown.chars().noneMatch(c -> c == '\n' || c == '\r'), () -> "a fault in lines: " + shown);
            Holds.that(!fault.why().isBlank() && shown.length() < 2_000, "a fault with too few or too many words");
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ReferenceData known() {
        SortedMap<String, Carrier> carriers = new TreeMap<>();
        for (String id : List.of("acme", "zenith")) {
            carriers.put(id, new Carrier(id, id, PartyStatus.ACTIVE, 1L));
        }
        byte[] deck = bytes(String.join(",", DeckFile.COLUMNS)
                + "\r\n44,United Kingdom,0.0100,30,6,,2026-01-01T00:00:00.000Z,,ACTIVE\r\n");
        ReferenceData empty = ReferenceData.empty();
        empty.carriers().putAll(carriers);
        if (DeckFile.read("deck.csv", deck, DeckFile.Overlaps.REFUSED)
                instanceof Checked.Good<List<org.callclear.schemas.avro.RateRow>> good) {
            empty.decks()
                    .put(
                            "standard",
                            new ReferenceData.Deck(
                                    org.callclear.schemas.rating.RateDeck.of("standard", 1, good.value()), "EUR"));
        }
        return empty;
    }
}
