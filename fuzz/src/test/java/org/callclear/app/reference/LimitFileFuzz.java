package org.callclear.app.reference;

import java.util.List;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Swollen;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.wire.AvroTrust;
import org.jspecify.annotations.Nullable;

/**
 * Limits that somebody uploads, for two carriers that pay in two currencies and one that originates nothing. Good ones
 * are within their bounds and write back as the same; what is not has faults with a line of the file.
 */
public final class LimitFileFuzz {
    static {
        AvroTrust.establish(); // as the command line does
    }

    private static final int LONGEST = 64_000;
    private static final ReferenceData KNOWN = known();

    private LimitFileFuzz() {}

    /** The file. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] content = Swollen.of(data, LONGEST);
        Checked<List<CallLimit>> read =
                Cost.bounded(content.length, () -> LimitFile.read("limits.csv", content, KNOWN));
        ReferenceFilesFuzz.faults(read, content);
        if (!(read instanceof Checked.Good<List<CallLimit>> good)) {
            return;
        }
        for (CallLimit limit : good.value()) {
            Holds.that(limit.getPrefix().matches("\\*|[1-9][0-9]{0,9}"), "a prefix");
            Holds.that(isWithin(limit.getMaxCallsPerSecond(), 10_000), "calls per second");
            Holds.that(isWithin(limit.getMaxConcurrentCalls(), 1_000_000), "calls at once");
            Holds.that(
                    (limit.getMaxCostPerHour() == null) == limit.getCurrency().isEmpty(),
                    "a cost without a currency, or the other way round");
            Holds.that(
                    limit.getMaxCostPerHour() == null
                            || limit.getMaxCostPerHour().signum() >= 0,
                    "a cost");
        }
        byte[] written = ReferenceFilesFuzz.bytes(ReferenceExport.limits(good.value()));
        Holds.same(read, LimitFile.read("again.csv", written, KNOWN), "limits written and read");
    }

    private static boolean isWithin(@Nullable Integer maximum, int most) {
        return maximum == null || (maximum >= 0 && maximum <= most);
    }

    private static ReferenceData known() {
        ReferenceData known = ReferenceData.empty();
        for (String id : List.of("acme", "lumen", "zenith")) {
            known.carriers().put(id, new Carrier(id, id, PartyStatus.ACTIVE, 1L));
        }
        known.contracts().put("acme-out", contract("acme-out", "acme", Role.ORIGINATING, "EUR"));
        known.contracts().put("lumen-out", contract("lumen-out", "lumen", Role.ORIGINATING, "USD"));
        known.contracts().put("zenith-in", contract("zenith-in", "zenith", Role.TERMINATING, "EUR"));
        return known;
    }

    private static Contract contract(String id, String carrier, Role side, String currency) {
        return Contract.newBuilder()
                .setId(id)
                .setCarrier(carrier)
                .setSide(side)
                .setCurrency(currency)
                .setDeck("sell")
                .setRevision(1)
                .build();
    }
}
