package org.callclear.testkit.tokens;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.Claims;

/**
 * One token for each lie about a call, made from the claims of a good one; each is refused for one reason. The shelf of
 * files in the tokens module has many more lies of form.
 */
public final class ForgedTokens {
    private static final Duration LATE = Duration.ofMinutes(10);
    private static final int TOO_LONG = 5000;

    private final Claims good;

    /** @param good claims the gateway would accept */
    public ForgedTokens(Claims good) {
        this.good = good;
    }

    /** All lies, and what a gateway that would accept the good claims must say to each. */
    public Map<SetupRefusal, String> all() {
        Map<SetupRefusal, String> lies = new LinkedHashMap<>();
        lies.put(SetupRefusal.TOKEN_TOO_LARGE, tooLarge());
        lies.put(SetupRefusal.TOKEN_MALFORMED, unsigned());
        lies.put(SetupRefusal.UNKNOWN_KEY, ofUnknownKey());
        lies.put(SetupRefusal.BAD_SIGNATURE, alteredByOneBit());
        lies.put(SetupRefusal.OTHER_ISSUER, ofOtherIssuer());
        lies.put(SetupRefusal.OTHER_GATEWAY, forOtherGateway());
        lies.put(SetupRefusal.NOT_YET_VALID, notYetValid());
        lies.put(SetupRefusal.EXPIRED, expired());
        lies.put(SetupRefusal.OTHER_CALL, forOtherCall());
        lies.put(SetupRefusal.OTHER_CALLING_NUMBER, fromOtherNumber());
        lies.put(SetupRefusal.OTHER_CALLED_NUMBER, toOtherNumber());
        lies.put(SetupRefusal.OTHER_ORIGINATING_CARRIER, ofOtherCarrier());
        lies.put(SetupRefusal.OTHER_TRANSACTION, ofOtherTransaction());
        return lies;
    }

    /** Longer than a gateway looks at. */
    public String tooLarge() {
        return TestTokens.sign(good) + "A".repeat(TOO_LONG);
    }

    /** {@code alg: none}, and no signature. */
    public String unsigned() {
        String token = TestTokens.signed(TestTokens.header("none", TestTokens.KEY_ID), good);
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    /** Signed soundly, but named for a key nobody published. */
    public String ofUnknownKey() {
        return TestTokens.signed(TestTokens.header("EdDSA", "no-such-key"), good);
    }

    /** One bit of the claims is not what was signed. */
    public String alteredByOneBit() {
        byte[] claims = good.toJson();
        claims[claims.length / 2] ^= 1;
        String[] parts = TestTokens.sign(good).split("\\.", -1);
        return parts[0] + "." + TestTokens.encode(claims) + "." + parts[2];
    }

    /** Signed by another key than the one it names ({@code BAD_SIGNATURE}). */
    public String signedByStranger() {
        return TestTokens.signedByStranger(good);
    }

    /** Signed by the right key in another's name. */
    public String ofOtherIssuer() {
        return token(good.issuer() + "-other", good.audience(), Duration.ZERO);
    }

    /** Made out to another gateway. */
    public String forOtherGateway() {
        return token(good.issuer(), new GatewayId("other-gateway"), Duration.ZERO);
    }

    /** Valid ten minutes from now. */
    public String notYetValid() {
        return token(good.issuer(), good.audience(), LATE);
    }

    /** Valid until ten minutes ago. */
    public String expired() {
        return token(good.issuer(), good.audience(), LATE.negated());
    }

    /** For another call. */
    public String forOtherCall() {
        var other = CallId.parse("00000000-0000-7000-8000-000000000000");
        return token(other, good.calling(), good.called(), good.originatingCarrier(), good.transactionId());
    }

    /** For another calling number. */
    public String fromOtherNumber() {
        return token(
                good.callId(), other(good.calling()), good.called(), good.originatingCarrier(), good.transactionId());
    }

    /** For another called number. */
    public String toOtherNumber() {
        return token(
                good.callId(), good.calling(), other(good.called()), good.originatingCarrier(), good.transactionId());
    }

    /** Asked for by another carrier. */
    public String ofOtherCarrier() {
        return token(
                good.callId(), good.calling(), good.called(), new CarrierId("other-carrier"), good.transactionId());
    }

    /** Of another attempt of the same call. */
    public String ofOtherTransaction() {
        var other = new TransactionId("f".repeat(32));
        return token(good.callId(), good.calling(), good.called(), good.originatingCarrier(), other);
    }

    /** The number with its last digit changed. */
    private static E164Number other(E164Number number) {
        String digits = number.digits();
        char last = digits.charAt(digits.length() - 1);
        return new E164Number(digits.substring(0, digits.length() - 1) + (last == '9' ? '0' : (char) (last + 1)));
    }

    private String token(String issuer, GatewayId audience, Duration shift) {
        Instant issuedAt = good.issuedAt().plus(shift);
        return TestTokens.sign(new Claims(
                issuer,
                audience,
                good.transactionId(),
                issuedAt,
                good.notBefore().plus(shift),
                good.expires().plus(shift),
                good.callId(),
                good.leg(),
                good.calling(),
                good.called(),
                good.originatingCarrier(),
                good.terminatingCarrier(),
                good.maxDuration(),
                good.terminationTerms()));
    }

    private String token(
            CallId call, E164Number calling, E164Number called, CarrierId origin, TransactionId transaction) {
        return TestTokens.sign(new Claims(
                good.issuer(),
                good.audience(),
                transaction,
                good.issuedAt(),
                good.notBefore(),
                good.expires(),
                call,
                good.leg(),
                calling,
                called,
                origin,
                good.terminatingCarrier(),
                good.maxDuration(),
                good.terminationTerms()));
    }
}
