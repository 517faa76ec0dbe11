package org.callclear.clearinghouse.grant;

import java.time.Duration;
import java.util.function.Predicate;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.AuthorizedRoute;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.Claims;
import org.callclear.tokens.TokenIssuer;

/**
 * The answer that follows from a grant. There is no other way to a token, so an answer never says anything else than the
 * journal, and the answer to a repeated request has the same bytes.
 */
public final class GrantTokens {
    private final TokenIssuer tokens;
    private final String issuer;
    private final Predicate<String> maySign;

    /**
     * @param issuer the {@code iss} of all tokens
     * @param maySign whether a key, by its id, may sign at this moment; asked for each token, also of a repeated answer
     */
    public GrantTokens(TokenIssuer tokens, String issuer, Predicate<String> maySign) {
        this.tokens = tokens;
        this.issuer = issuer;
        this.maySign = maySign;
    }

    /**
     * The yes with its tokens.
     *
     * @throws IllegalArgumentException when the grant's key is not there any more or was revoked, or a claim is out of its range
     * @throws org.callclear.tokens.SigningFailedException when what holds the key does not sign
     */
    public AuthorizationGranted answer(Grant grant) {
        return AuthorizationGranted.newBuilder()
                .setCallId(grant.getCallId())
                .setProxy(grant.getProxy())
                .setDecidedAt(grant.getGrantedAt())
                .setRoutes(grant.getRoutes().stream()
                        .map(route -> route(grant, route))
                        .toList())
                .build();
    }

    private AuthorizedRoute route(Grant grant, GrantedRoute route) {
        if (!maySign.test(route.getKeyId())) {
            throw new IllegalArgumentException("token key " + route.getKeyId() + " is revoked or not on token-keys");
        }
        return AuthorizedRoute.newBuilder()
                .setLeg(route.getLeg())
                .setGateway(route.getGateway())
                .setTerminatingCarrier(route.getTerminatingCarrier())
                .setTransactionId(route.getTransactionId())
                .setToken(tokens.issue(claims(grant, route), route.getKeyId()))
                .setExpiresAt(route.getExpiresAt())
                .setMaxDurationSeconds(route.getMaxDurationSeconds())
                .build();
    }

    private Claims claims(Grant grant, GrantedRoute route) {
        return new Claims(
                issuer,
                new GatewayId(route.getGateway()),
                new TransactionId(route.getTransactionId()),
                route.getIssuedAt(),
                route.getNotBefore(),
                route.getExpiresAt(),
                CallId.parse(grant.getCallId()),
                route.getLeg(),
                new E164Number(grant.getCalling()),
                new E164Number(grant.getCalled()),
                new CarrierId(grant.getOriginatingCarrier()),
                new CarrierId(route.getTerminatingCarrier()),
                Duration.ofSeconds(route.getMaxDurationSeconds()),
                route.getTerminationTerms());
    }
}
