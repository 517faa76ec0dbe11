package org.callclear.bench.counting;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.callclear.clearinghouse.reference.ReferenceBook;
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
import org.callclear.schemas.call.GatewayId;

/** One carrier that calls, one that takes calls at one gateway, and their prices: the least that a decision can be about. */
final class Market {
    static final String CALLER = "acme";
    static final String CALLED = "zenith";
    static final String GATEWAY = "zenith-1";
    private static final String PREFIX = "353";

    private Market() {}

    /** As the clearinghouse knows it; nobody's heartbeat grows old in a run. */
    static ReferenceBook book(Instant now, Duration aliveWithin) {
        ReferenceBook book = new ReferenceBook(aliveWithin);
        book.put(new Carrier(CALLER, CALLER, PartyStatus.ACTIVE, 1L));
        book.put(new Carrier(CALLED, CALLED, PartyStatus.ACTIVE, 1L));
        book.put(contract(CALLER, Role.ORIGINATING));
        book.put(contract(CALLED, Role.TERMINATING));
        book.put(
                "retail/1/0",
                RateDeckChunk.newBuilder()
                        .setDeck("retail")
                        .setRevision(1L)
                        .setChunk(0)
                        .setChunks(1)
                        .setRows(List.of(row(now)))
                        .build());
        book.put(new Gateway(GATEWAY, CALLED, List.of(PREFIX), 1, 1, PartyStatus.ACTIVE, 1L));
        book.heard(
                new GatewayId(GATEWAY),
                new GatewayStatus(GATEWAY, CALLED, "g1", GatewayState.UP, 100, 0, now, Map.of(), null),
                now);
        return book;
    }

    private static Contract contract(String carrier, Role side) {
        return Contract.newBuilder()
                .setId(carrier + "-" + side.name().toLowerCase(Locale.ROOT))
                .setCarrier(carrier)
                .setSide(side)
                .setCurrency("EUR")
                .setDeck("retail")
                .setRevision(1)
                .build();
    }

    private static RateRow row(Instant now) {
        return RateRow.newBuilder()
                .setPrefix(PREFIX)
                .setDestination("Ireland")
                .setRatePerMinute(new BigDecimal("0.010000"))
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(new BigDecimal("0.000000"))
                .setValidFrom(now.minusSeconds(1))
                .setStatus(RateStatus.ACTIVE_RATE)
                .build();
    }
}
