package org.callclear.testkit.clearing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.avro.Role;

/** Makes reference records that are valid as they are. */
public final class References {
    private static final Instant EVER = Instant.parse("2020-01-01T00:00:00Z");

    private References() {}

    /** A carrier that takes part. */
    public static Carrier carrier(String id) {
        return new Carrier(id, id, PartyStatus.ACTIVE, 1L);
    }

    /** A gateway that takes part. */
    public static Gateway gateway(String id, String carrier, int priority, String... prefixes) {
        return new Gateway(id, carrier, List.of(prefixes), priority, 10, PartyStatus.ACTIVE, 1L);
    }

    /** A contract with the usual roundings. */
    public static Contract contract(String id, String carrier, Role side, String currency, String deck) {
        return Contract.newBuilder()
                .setId(id)
                .setCarrier(carrier)
                .setSide(side)
                .setCurrency(currency)
                .setDeck(deck)
                .setRevision(1)
                .build();
    }

    /** A whole deck in one chunk. */
    public static RateDeckChunk deck(String name, RateRow... rows) {
        return RateDeckChunk.newBuilder()
                .setDeck(name)
                .setRevision(1L)
                .setChunk(0)
                .setChunks(1)
                .setRows(List.of(rows))
                .build();
    }

    /** A row by the second, without a connect fee. */
    public static RateRow row(String prefix, String ratePerMinute) {
        return row(prefix, ratePerMinute, "0", RateStatus.ACTIVE_RATE);
    }

    /** A row that blocks. */
    public static RateRow blocked(String prefix) {
        return row(prefix, "0", "0", RateStatus.BLOCKED_RATE);
    }

    /** A row by the second. */
    public static RateRow row(String prefix, String ratePerMinute, String connectFee, RateStatus status) {
        return RateRow.newBuilder()
                .setPrefix(prefix)
                .setDestination("destination " + prefix)
                .setRatePerMinute(new BigDecimal(ratePerMinute).setScale(6))
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(new BigDecimal(connectFee).setScale(6))
                .setValidFrom(EVER)
                .setStatus(status)
                .build();
    }

    /** A heartbeat of a gateway that is up. */
    public static GatewayStatus up(String gateway, String carrier, Instant at) {
        return status(gateway, carrier, GatewayState.UP, 10, at);
    }

    /** A heartbeat. */
    public static GatewayStatus status(
            String gateway, String carrier, GatewayState state, int freeChannels, Instant at) {
        return new GatewayStatus(gateway, carrier, gateway, state, freeChannels, 0, at, Map.of(), null);
    }
}
