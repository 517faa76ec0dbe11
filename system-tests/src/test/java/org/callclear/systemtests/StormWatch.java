package org.callclear.systemtests;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.gateways.call.CallMachine;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupAnswered;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.jspecify.annotations.Nullable;

/** What is said on the topics between one good proxy and the gateways, kept as far as a storm needs it. */
final class StormWatch implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TopicTail tail;
    private final Map<String, GatewayId> gatewayOfTopic = new ConcurrentHashMap<>();
    private final Map<String, Setup> setups = new ConcurrentHashMap<>();
    private final Map<String, Collection<SetupRefusal>> toAttacker = new ConcurrentHashMap<>();
    private final Set<String> letIn = ConcurrentHashMap.newKeySet();
    private final List<SetupRejected> toGood = new CopyOnWriteArrayList<>();
    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();
    private final Map<String, GatewayStatus> newestStatus = new ConcurrentHashMap<>();
    private final Deque<Setup> answered = new ConcurrentLinkedDeque<>();
    private final AtomicInteger denied = new AtomicInteger();
    private volatile String newestHeader = "";

    /** A good proxy's set-up, as a thief could read it. */
    record Setup(GatewayId gateway, SetupRequested request) {}

    /** Reads as set-up, which may see all. */
    StormWatch(Ground ground) throws Exception {
        List<String> topics = new ArrayList<>(List.of(
                Topic.SETUP_EVENTS.of(World.ACME),
                Topic.AUTHORIZATION_RESPONSES.of(World.ACME),
                Topic.CDRS.of(World.ZENITH)));
        for (GatewayId gateway : World.DIRECTORY.gateways().keySet()) {
            gatewayOfTopic.put(Topic.SETUP_REQUESTS.of(gateway), gateway);
            topics.add(Topic.GATEWAY_STATUS.of(gateway));
        }
        topics.addAll(gatewayOfTopic.keySet());
        tail = TopicTail.start(
                ground.accessFor(Party.of(Party.Kind.SETUP)),
                "storm-watch",
                topics,
                TopicTail.From.END,
                (place, reading) -> {
                    if (reading instanceof Reading.Read read) {
                        hear(place, read.value());
                    }
                });
        tail.caughtUp().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private void answered(SetupAnswered answer) {
        if (answer.getProxy().equals(StormAttacker.PROXY)) {
            letIn.add(answer.getTransactionId());
            return;
        }
        Setup setup = setups.get(answer.getTransactionId());
        if (setup != null) {
            answered.add(setup);
        }
    }

    private void hear(ConsumerRecord<String, byte[]> place, SpecificRecord value) {
        switch (value) {
            case SetupRequested setup -> requested(place.topic(), setup);
            case SetupAnswered answer -> answered(answer);
            case SetupRejected rejected -> {
                if (rejected.getProxy().equals(StormAttacker.PROXY)) {
                    toAttacker
                            .computeIfAbsent(rejected.getTransactionId(), id -> new ConcurrentLinkedQueue<>())
                            .add(rejected.getRefusal());
                } else {
                    toGood.add(rejected);
                }
            }
            case AuthorizationDenied no -> denied.incrementAndGet();
            case GatewayStatus status -> newestStatus.put(status.getGateway() + "/" + status.getInstance(), status);
            case CallDetailRecord cdr -> reported(cdr);
            default -> {}
        }
    }

    private void reported(CallDetailRecord cdr) {
        if (cdr.getReleaseSource() == ReleaseSource.GATEWAY
                && cdr.getQ850Cause() == CallMachine.GOING_DOWN.q850()
                && cdr.getTransactionId() != null) {
            cutOff.add(cdr.getTransactionId());
        }
    }

    private void requested(String topic, SetupRequested setup) {
        if (!setup.getProxy().equals(StormAttacker.PROXY)) {
            GatewayId gateway = Objects.requireNonNull(gatewayOfTopic.get(topic), topic);
            setups.put(setup.getTransactionId(), new Setup(gateway, setup));
            newestHeader = header(setup);
        }
    }

    /** Whether the newest token that a good proxy used is signed with this key. */
    boolean signsWith(String keyId) {
        return newestHeader.contains(keyId);
    }

    /** How many gateway instances said, when they last said anything, that they believe this key. */
    long believers(String keyId) {
        return newestStatus.values().stream()
                .map(GatewayStatus::getTokenKeys)
                .filter(keys -> keys != null && keys.contains(keyId))
                .count();
    }

    private static String header(SetupRequested setup) {
        String token = setup.getToken();
        return new String(
                Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), StandardCharsets.UTF_8);
    }

    /** The set-up of the call that was answered last of those that nobody took yet; null when its key is another. */
    @Nullable
    Setup takeAnswered(String keyId) {
        Setup last = answered.pollLast();
        return last != null && header(last.request()).contains(keyId) ? last : null;
    }

    /** How many set-ups the good proxy sent. */
    int setups() {
        return setups.size();
    }

    /** Whether a set-up of the attacker was refused, or even let in. */
    boolean isAnswered(String transactionId) {
        return letIn.contains(transactionId) || toAttacker.containsKey(transactionId);
    }

    /** What the gateways refused to a set-up of the attacker for. */
    Collection<SetupRefusal> refusals(String transactionId) {
        return toAttacker.getOrDefault(transactionId, List.of());
    }

    /** What the gateways refused to the good proxy. */
    Stream<SetupRejected> refusedToGood() {
        return toGood.stream();
    }

    /** How many calls a gateway reported that its end cut off or kept from being connected. */
    int cutOff() {
        return cutOff.size();
    }

    /** How many calls the clearinghouse denied. */
    int denied() {
        return denied.get();
    }

    @Override
    public void close() {
        tail.close();
    }
}
