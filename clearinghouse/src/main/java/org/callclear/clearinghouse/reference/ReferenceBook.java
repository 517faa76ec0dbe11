package org.callclear.clearinghouse.reference;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.callclear.clearinghouse.limit.Limits;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.limit.LimitRule;
import org.callclear.tokens.KeyRing;

/**
 * Takes changes in and publishes a snapshot after each. Writers take turns; a reader takes the newest snapshot and never
 * waits.
 */
public final class ReferenceBook {
    private final Duration aliveWithin;
    private final Map<CarrierId, Carrier> carriers = new HashMap<>();
    private final Map<String, Contract> contracts = new TreeMap<>();
    private final DeckShelf shelf = new DeckShelf();
    private final Map<GatewayId, Map<String, Heartbeat>> heartbeats = new HashMap<>();
    private final Map<String, PublishedKey> tokenKeys = new HashMap<>();
    private final Map<String, LimitRule> limits = new HashMap<>();
    private boolean limitsChanged;
    private GatewayIndex gateways = GatewayIndex.EMPTY;
    private volatile ReferenceSnapshot snapshot = ReferenceSnapshot.EMPTY;

    /** @param aliveWithin heartbeats older than this are of no use to anybody */
    public ReferenceBook(Duration aliveWithin) {
        this.aliveWithin = aliveWithin;
    }

    /** The newest state. */
    public ReferenceSnapshot snapshot() {
        return snapshot;
    }

    /** A carrier is new or has changed. @throws IllegalArgumentException when its id is none */
    public synchronized void put(Carrier carrier) {
        carriers.put(new CarrierId(carrier.getId()), carrier);
        snapshot = snapshot.withCarriers(carriers);
    }

    /** A gateway is new or has changed. @throws IllegalArgumentException naming the field that cannot be used */
    public synchronized void put(Gateway gateway) {
        gateways = gateways.with(KnownGateway.of(gateway));
        snapshot = snapshot.withGateways(gateways);
    }

    /** A contract is new or has changed. @throws IllegalArgumentException naming the field that cannot be used */
    public synchronized void put(Contract contract) {
        ContractCheck.check(contract);
        contracts.put(contract.getId(), contract);
        publishContracts();
    }

    /**
     * A piece of a deck has come.
     *
     * @param key its key on the topic
     * @throws IllegalArgumentException naming the row and field that cannot be used
     */
    public synchronized void put(String key, RateDeckChunk chunk) {
        shelf.put(key, chunk);
        snapshot = snapshot.withDecks(shelf.decks());
    }

    /** A gateway spoke. */
    public synchronized void heard(GatewayId gateway, GatewayStatus status, Instant heardAt) {
        Map<String, Heartbeat> instances = new HashMap<>(heartbeats.getOrDefault(gateway, Map.of()));
        instances.values().removeIf(old -> !old.isWithin(heardAt, aliveWithin));
        instances.put(status.getInstance(), Heartbeat.of(status, heardAt));
        heartbeats.put(gateway, Map.copyOf(instances));
        snapshot = snapshot.withHeartbeats(heartbeats);
    }

    /**
     * A key that signs tokens is new, or was revoked.
     *
     * @param at when the topic got this word on it
     * @throws IllegalArgumentException when it is no key that gateways could verify with
     */
    public synchronized void put(TokenKey key, Instant at) {
        new KeyRing().put(key);
        PublishedKey before = tokenKeys.get(key.getKeyId());
        Instant first = before != null && before.isOf(key) ? before.publishedAt() : at;
        tokenKeys.put(key.getKeyId(), new PublishedKey(key, first));
        snapshot = snapshot.withTokenKeys(tokenKeys);
    }

    /** Nothing is signed with a key any more: it is gone, or what is said of it cannot be read. */
    public synchronized void removeTokenKey(String keyId) {
        tokenKeys.remove(keyId);
        snapshot = snapshot.withTokenKeys(tokenKeys);
    }

    /**
     * A limit is new or has changed. It holds from {@link #putLimitsInForce} on.
     *
     * @throws IllegalArgumentException naming the field that cannot be used
     */
    public synchronized void put(CallLimit limit) {
        LimitRule rule = LimitRule.of(limit);
        limitsChanged |= !rule.equals(limits.put(rule.key(), rule));
    }

    /** A limit is gone, from {@link #putLimitsInForce} on. */
    public synchronized void removeLimit(String key) {
        limitsChanged |= limits.remove(key) != null;
    }

    /** All limits that have changed hold from now on. */
    public synchronized void putLimitsInForce() {
        if (limitsChanged) {
            snapshot = snapshot.withLimits(new Limits(limits.values()));
            limitsChanged = false;
        }
    }

    /** A carrier is gone. */
    public synchronized void removeCarrier(String id) {
        carriers.remove(new CarrierId(id));
        snapshot = snapshot.withCarriers(carriers);
    }

    /** A gateway is gone. */
    public synchronized void removeGateway(String id) {
        gateways = gateways.without(new GatewayId(id));
        snapshot = snapshot.withGateways(gateways);
    }

    /** A contract is gone. */
    public synchronized void removeContract(String id) {
        contracts.remove(id);
        publishContracts();
    }

    /** A piece of a deck is gone. */
    public synchronized void removeDeckChunk(String key) {
        shelf.remove(key);
        snapshot = snapshot.withDecks(shelf.decks());
    }

    private void publishContracts() {
        Map<CarrierId, Contract> originating = new HashMap<>();
        Map<CarrierId, Contract> terminating = new HashMap<>();
        for (Contract contract : contracts.values()) { // in the order of ids
            CarrierId carrier = new CarrierId(contract.getCarrier());
            if (contract.getSide() == Role.ORIGINATING) {
                originating.putIfAbsent(carrier, contract);
            } else if (contract.getSide() == Role.TERMINATING) {
                terminating.putIfAbsent(carrier, contract);
            }
        }
        snapshot = snapshot.withContracts(originating, terminating);
    }
}
