package org.callclear.bench.journal;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.CallId;

/** One call: its grant with two routes, and what both sides of the first route report. */
final class Call {
    private static final int LONGEST_MILLIS = 600_000;
    private static final int TOLERANCE_MILLIS = 2_000;

    private final Random random;
    private final Kind kind;
    private final Instant grantedAt;
    private final String id;
    private final int from;
    private final int destination;
    private final String called;
    private final String calling;
    private final Instant answeredAt;
    private final long talkedMillis;

    Call(Random random, Kind kind, Instant grantedAt) {
        this.random = random;
        this.kind = kind;
        this.grantedAt = grantedAt;
        this.id = CallId.mint(grantedAt, random).toString();
        this.from = random.nextInt(Market.CARRIERS);
        this.destination = Market.destination(random);
        this.called = Market.prefix(destination) + (1_000_000 + random.nextInt(9_000_000));
        this.calling = "49" + (1_000_000_000L + random.nextInt(1_000_000_000));
        this.answeredAt = grantedAt.plusMillis(1_000 + random.nextInt(8_000));
        this.talkedMillis = 1_000L + random.nextInt(LONGEST_MILLIS - 1_000 + 1);
    }

    Entry grant() {
        Grant grant = Grant.newBuilder()
                .setCallId(id)
                .setSipCallId(id.substring(24) + "@phone.example")
                .setOriginatingCarrier(Market.carrier(from))
                .setProxy("proxy-1")
                .setCalling(calling)
                .setCalled(called)
                .setRequestedAt(grantedAt.minusMillis(3))
                .setGrantedAt(grantedAt)
                .setRequestDigest(digest())
                .setOriginationTerms(Market.owed(from, destination))
                .setRoutes(List.of(route(1), route(2)))
                .build();
        return new Entry(grantedAt, id, grant);
    }

    /** Both reports, and a third where one comes twice. */
    List<Entry> reports() {
        long difference = difference();
        Entry originating = report(Role.ORIGINATING, Market.carrier(from), talkedMillis);
        Entry terminating = report(Role.TERMINATING, terminating(1), talkedMillis + difference);
        if (kind != Kind.REPEATED) {
            return List.of(originating, terminating);
        }
        Entry again = random.nextBoolean() ? originating : terminating;
        Instant later = again.at().plusMillis(1_000 + random.nextInt(30_000));
        AcceptedCdr first = (AcceptedCdr) again.value();
        AcceptedCdr second = AcceptedCdr.newBuilder(first)
                .setAcceptedAt(later)
                .setSourceOffset(first.getSourceOffset() + 1)
                .build();
        return List.of(originating, terminating, new Entry(later, id, second));
    }

    private long difference() {
        return switch (kind) {
            case WITHIN_TOLERANCE -> 1 + random.nextInt(TOLERANCE_MILLIS);
            case MISMATCH -> TOLERANCE_MILLIS + 1 + random.nextInt(60_000);
            case MATCHED, REPEATED, UNANSWERED -> 0;
        };
    }

    private Entry report(Role role, String reporter, long talked) {
        boolean answered = kind != Kind.UNANSWERED;
        Instant ended = answered ? answeredAt.plusMillis(talked) : answeredAt;
        CallDetailRecord cdr = CallDetailRecord.newBuilder()
                .setCallId(id)
                .setLeg(1)
                .setRole(role)
                .setTransactionId(transaction(1))
                .setOriginatingCarrier(Market.carrier(from))
                .setTerminatingCarrier(terminating(1))
                .setGateway(terminating(1) + "-gw")
                .setCalling(calling)
                .setCalled(called)
                .setSetupAt(grantedAt)
                .setAnsweredAt(answered ? answeredAt : null)
                .setEndedAt(ended)
                .setSipStatus(answered ? 200 : 486)
                .setQ850Cause(answered ? 16 : 17)
                .setReleaseSource(ReleaseSource.CALLER)
                .build();
        return accepted(reporter, cdr, ended.plusMillis(20 + random.nextInt(1_500)));
    }

    private Entry accepted(String reporter, CallDetailRecord cdr, Instant at) {
        AcceptedCdr accepted = AcceptedCdr.newBuilder()
                .setReporter(reporter)
                .setCdr(cdr)
                .setSourceTopic("carrier." + reporter + ".cdrs")
                .setSourcePartition(random.nextInt(4))
                .setSourceOffset(random.nextInt(1_000_000))
                .setAcceptedAt(at)
                .build();
        return new Entry(at, id, accepted);
    }

    private GrantedRoute route(int leg) {
        return GrantedRoute.newBuilder()
                .setLeg(leg)
                .setGateway(terminating(leg) + "-gw")
                .setTerminatingCarrier(terminating(leg))
                .setTransactionId(transaction(leg))
                .setKeyId("2026-11")
                .setIssuedAt(grantedAt)
                .setNotBefore(grantedAt.minusSeconds(5))
                .setExpiresAt(grantedAt.plusSeconds(30))
                .setMaxDurationSeconds(3_600)
                .setTerminationTerms(Market.due(number(leg), destination))
                .build();
    }

    private String terminating(int leg) {
        return Market.carrier(number(leg));
    }

    private int number(int leg) {
        return Market.terminating(from, destination, leg - 1);
    }

    private String transaction(int leg) {
        return id.replace("-", "").substring(0, 31) + leg;
    }

    private ByteBuffer digest() {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return ByteBuffer.wrap(digest);
    }
}
