package org.callclear.gateways.call;

import java.time.Duration;
import java.time.Instant;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;

/**
 * What does not change about a call that was let in. All of it but the proxy was proved by the token.
 *
 * @param call the call
 * @param leg position of the route in the authorization, from 1
 * @param transaction secret name of the attempt
 * @param originating who is told what becomes of it
 * @param terminating who reports it
 * @param gateway where it was let in
 * @param calling the calling number
 * @param called the called number
 * @param proxy the proxy instance that waits
 * @param setupAt when it was let in, whole milliseconds
 * @param maxDuration how long it may talk
 */
public record CallFacts(
        CallId call,
        int leg,
        TransactionId transaction,
        CarrierId originating,
        CarrierId terminating,
        GatewayId gateway,
        E164Number calling,
        E164Number called,
        String proxy,
        Instant setupAt,
        Duration maxDuration) {}
