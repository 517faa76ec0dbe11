package org.callclear.tokens;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;

/**
 * What a token says. Whole from birth: claims that exist can be signed, and signed claims decode to equal ones.
 *
 * @param issuer who decided, 1 to 200 characters ({@code iss})
 * @param audience the only gateway it opens ({@code aud})
 * @param transactionId the secret name of the attempt ({@code jti})
 * @param issuedAt whole seconds ({@code iat})
 * @param notBefore whole seconds ({@code nbf})
 * @param expires whole seconds, after {@code issuedAt} and {@code notBefore} by at most {@link #LONGEST_LIFE}; the
 *     token is dead from this instant on ({@code exp})
 * @param callId the call
 * @param leg position of the route in the authorization, from 1
 * @param calling the calling number
 * @param called the called number
 * @param originatingCarrier who asked
 * @param terminatingCarrier who is paid
 * @param maxDuration whole seconds, at least 1; the gateway ends the call after so much talk
 * @param terminationTerms what the terminating carrier is paid; amounts are kept with six decimals
 */
public record Claims(
        String issuer,
        GatewayId audience,
        TransactionId transactionId,
        Instant issuedAt,
        Instant notBefore,
        Instant expires,
        CallId callId,
        int leg,
        E164Number calling,
        E164Number called,
        CarrierId originatingCarrier,
        CarrierId terminatingCarrier,
        Duration maxDuration,
        RateTerms terminationTerms) {

    /** No token lives longer, so that a replay memory is bounded whatever an issuer is set to. */
    public static final Duration LONGEST_LIFE = Duration.ofHours(1);

    private static final int LONGEST_TEXT = 200;

    /** The last second of the year 9999: what RFC 3339 can write. */
    static final long LAST_SECOND = 253_402_300_799L;

    /** @throws IllegalArgumentException naming the claim that is out of its range */
    public Claims {
        requireText("iss", issuer);
        requireInstant("iat", issuedAt);
        requireInstant("nbf", notBefore);
        requireInstant("exp", expires);
        requireLife("iat", issuedAt, expires);
        requireLife("nbf", notBefore, expires);
        if (leg < 1) {
            throw new IllegalArgumentException("claim leg " + leg + ": must be at least 1");
        }
        long seconds = maxDuration.toSeconds();
        if (!maxDuration.equals(Duration.ofSeconds(seconds)) || seconds < 1 || seconds > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "claim maxDuration " + maxDuration + ": must be whole seconds, at least 1");
        }
        terminationTerms = Terms.canonical(terminationTerms);
    }

    /** The bytes that are signed: one JSON form, members in a fixed order, amounts as strings. It holds phone numbers. */
    public byte[] toJson() {
        return ClaimsJson.encode(this);
    }

    static boolean isWholeSecond(Instant value) {
        return value.equals(value.truncatedTo(ChronoUnit.SECONDS));
    }

    private static void requireInstant(String claim, Instant value) {
        if (!isWholeSecond(value) || value.getEpochSecond() < 0 || value.getEpochSecond() > LAST_SECOND) {
            throw new IllegalArgumentException(
                    "claim " + claim + " " + value + ": must be whole seconds from 1970 to 9999");
        }
    }

    private static void requireLife(String claim, Instant from, Instant expires) {
        if (!from.isBefore(expires) || from.plus(LONGEST_LIFE).isBefore(expires)) {
            throw new IllegalArgumentException(
                    "claim exp " + expires + ": must be after " + claim + " " + from + " by at most " + LONGEST_LIFE);
        }
    }

    /** A text that stands the same in every encoding: not empty, not long, no control or broken characters. */
    static void requireText(String claim, String value) {
        boolean whole = !value.isEmpty()
                && value.length() <= LONGEST_TEXT
                && value.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(value);
        if (!whole) {
            throw new IllegalArgumentException("claim " + claim + ": must be 1 to " + LONGEST_TEXT
                    + " characters without control characters, but has " + value.length());
        }
    }
}
