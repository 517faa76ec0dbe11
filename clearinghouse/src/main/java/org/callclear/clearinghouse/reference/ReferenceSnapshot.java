package org.callclear.clearinghouse.reference;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.callclear.clearinghouse.limit.Limits;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.rating.RateDeck;

/** All that a decision may look up, as it was at one moment. Immutable. */
public final class ReferenceSnapshot {
    /** Nobody takes part. */
    public static final ReferenceSnapshot EMPTY = new ReferenceSnapshot(
            Map.of(), GatewayIndex.EMPTY, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Limits.NONE);

    private final Map<CarrierId, Carrier> carriers;
    private final GatewayIndex gateways;
    private final Map<CarrierId, Contract> originating;
    private final Map<CarrierId, Contract> terminating;
    private final Map<String, RateDeck> decks;
    private final Map<GatewayId, Map<String, Heartbeat>> heartbeats;
    private final Map<String, PublishedKey> tokenKeys;
    private final Limits limits;

    ReferenceSnapshot(
            Map<CarrierId, Carrier> carriers,
            GatewayIndex gateways,
            Map<CarrierId, Contract> originating,
            Map<CarrierId, Contract> terminating,
            Map<String, RateDeck> decks,
            Map<GatewayId, Map<String, Heartbeat>> heartbeats,
            Map<String, PublishedKey> tokenKeys,
            Limits limits) {
        this.carriers = carriers;
        this.gateways = gateways;
        this.originating = originating;
        this.terminating = terminating;
        this.decks = decks;
        this.heartbeats = heartbeats;
        this.tokenKeys = tokenKeys;
        this.limits = limits;
    }

    ReferenceSnapshot withCarriers(Map<CarrierId, Carrier> next) {
        return new ReferenceSnapshot(
                Map.copyOf(next), gateways, originating, terminating, decks, heartbeats, tokenKeys, limits);
    }

    ReferenceSnapshot withGateways(GatewayIndex next) {
        return new ReferenceSnapshot(carriers, next, originating, terminating, decks, heartbeats, tokenKeys, limits);
    }

    ReferenceSnapshot withContracts(
            Map<CarrierId, Contract> nextOriginating, Map<CarrierId, Contract> nextTerminating) {
        return new ReferenceSnapshot(
                carriers,
                gateways,
                Map.copyOf(nextOriginating),
                Map.copyOf(nextTerminating),
                decks,
                heartbeats,
                tokenKeys,
                limits);
    }

    ReferenceSnapshot withDecks(Map<String, RateDeck> next) {
        return new ReferenceSnapshot(carriers, gateways, originating, terminating, next, heartbeats, tokenKeys, limits);
    }

    ReferenceSnapshot withHeartbeats(Map<GatewayId, Map<String, Heartbeat>> next) {
        return new ReferenceSnapshot(
                carriers, gateways, originating, terminating, decks, Map.copyOf(next), tokenKeys, limits);
    }

    ReferenceSnapshot withTokenKeys(Map<String, PublishedKey> next) {
        return new ReferenceSnapshot(
                carriers, gateways, originating, terminating, decks, heartbeats, Map.copyOf(next), limits);
    }

    ReferenceSnapshot withLimits(Limits next) {
        return new ReferenceSnapshot(carriers, gateways, originating, terminating, decks, heartbeats, tokenKeys, next);
    }

    /** How much carriers may call. */
    public Limits limits() {
        return limits;
    }

    /** What token-keys says of a key; empty when it is not there, or cannot be read. */
    public Optional<PublishedKey> tokenKey(String keyId) {
        return Optional.ofNullable(tokenKeys.get(keyId));
    }

    /** What a gateway says of a key, all its instances together that are not down and spoke not longer ago. */
    public Belief belief(GatewayId gateway, String keyId, Instant now, Duration within) {
        Belief all = Belief.NOT_SAID;
        for (Heartbeat instance : heartbeats.getOrDefault(gateway, Map.of()).values()) {
            Belief one = instance.isLiving(now, within) ? instance.belief(keyId) : Belief.NOT_SAID;
            if (one == Belief.NOT_BELIEVED) {
                return one;
            }
            all = one == Belief.NOT_SAID ? all : one;
        }
        return all;
    }

    /** The carrier's status; empty for a carrier that is not there. */
    public Optional<PartyStatus> status(CarrierId carrier) {
        return Optional.ofNullable(carriers.get(carrier)).map(Carrier::getStatus);
    }

    /** Whether the carrier is there and takes part. */
    public boolean isActive(CarrierId carrier) {
        return status(carrier).filter(PartyStatus.ACTIVE::equals).isPresent();
    }

    /** The active gateways of active carriers with any prefix of the number. */
    public Collection<KnownGateway> serving(E164Number called) {
        return gateways.serving(called.digits()).stream()
                .filter(gateway -> gateway.active() && isActive(gateway.carrier()))
                .toList();
    }

    /** What the carrier pays; empty when it has no such contract. Of several, that of the lowest id. */
    public Optional<Tariff> originating(CarrierId carrier) {
        return tariff(originating, carrier);
    }

    /** What the carrier is paid; empty when it has no such contract. Of several, that of the lowest id. */
    public Optional<Tariff> terminating(CarrierId carrier) {
        return tariff(terminating, carrier);
    }

    private Optional<Tariff> tariff(Map<CarrierId, Contract> side, CarrierId carrier) {
        return Optional.ofNullable(side.get(carrier))
                .map(contract -> new Tariff(contract, decks.get(contract.getDeck())));
    }

    /** Whether an instance of the gateway is up, has a free channel and said so not longer ago. */
    public boolean takesCalls(GatewayId gateway, Instant now, Duration within) {
        return heartbeats.getOrDefault(gateway, Map.of()).values().stream()
                .anyMatch(heartbeat -> heartbeat.takesCalls(now, within));
    }
}
