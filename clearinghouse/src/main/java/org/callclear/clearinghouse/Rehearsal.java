package org.callclear.clearinghouse;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.clearinghouse.reference.ReferenceBook;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.GatewayId;

/** A made-up world and made-up records to rehearse with before anybody calls. Nothing of it is ever written. */
final class Rehearsal {
    static final String CALLER = "rehearsal";
    private static final String PREFIX = "1";
    private static final int GATEWAYS = 3;

    private Rehearsal() {}

    /** A world in which three gateways can complete each call. */
    static ReferenceBook world(Instant now, Duration aliveWithin) {
        ReferenceBook book = new ReferenceBook(aliveWithin);
        book.put(new Carrier(CALLER, CALLER, PartyStatus.ACTIVE, 1L));
        book.put(contract(Role.ORIGINATING));
        book.put(contract(Role.TERMINATING));
        book.put(
                "rehearsal/1/0",
                RateDeckChunk.newBuilder()
                        .setDeck(CALLER)
                        .setRevision(1L)
                        .setChunk(0)
                        .setChunks(1)
                        .setRows(List.of(row(now)))
                        .build());
        for (int i = 1; i <= GATEWAYS; i++) {
            String id = CALLER + "-" + i;
            book.put(new Gateway(id, CALLER, List.of(PREFIX), i, 1, PartyStatus.ACTIVE, 1L));
            book.heard(
                    new GatewayId(id),
                    new GatewayStatus(id, CALLER, id, GatewayState.UP, 1, 0, now, Map.of(), null),
                    now);
        }
        return book;
    }

    /** A question as a proxy asks it. */
    static AuthorizationRequest request(CallId callId, Instant now) {
        return new AuthorizationRequest(
                callId.toString(), CALLER, CALLER, CALLER, "12025550100", "12025550199", now, GATEWAYS);
    }

    /** One record of each other kind that an instance writes. */
    static List<SpecificRecord> specimens(CallId callId, Instant now) {
        return List.of(
                new AuthorizationDenied(callId.toString(), CALLER, now, DenialReason.NO_ROUTE, 404, 3, "", 0),
                RejectedRecord.newBuilder()
                        .setSourceTopic(CALLER)
                        .setSourcePartition(0)
                        .setSourceOffset(0)
                        .setSourceTimestamp(now)
                        .setKey(null)
                        .setValue(ByteBuffer.allocate(0))
                        .setReason("")
                        .setField("")
                        .setDetail("")
                        .setRejectedAt(now)
                        .build());
    }

    private static Contract contract(Role side) {
        return Contract.newBuilder()
                .setId("rehearsal-" + side.name().toLowerCase(Locale.ROOT))
                .setCarrier(CALLER)
                .setSide(side)
                .setCurrency("EUR")
                .setDeck(CALLER)
                .setRevision(1)
                .build();
    }

    private static RateRow row(Instant now) {
        return RateRow.newBuilder()
                .setPrefix(PREFIX)
                .setDestination(CALLER)
                .setRatePerMinute(new BigDecimal("0.010000"))
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(new BigDecimal("0.000000"))
                .setValidFrom(now.minusSeconds(1))
                .setStatus(RateStatus.ACTIVE_RATE)
                .build();
    }
}
