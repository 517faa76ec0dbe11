package org.callclear.systemtests;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.tokens.SigningKeys;

/**
 * The carriers of the system tests. Acme originates and pays 0.012 a minute to Germany; Zenith (two gateways, 0.010) and
 * Lumen (one, 0.011) terminate. All per second, in euro.
 */
final class World {
    static final CarrierId ACME = new CarrierId("acme");
    static final CarrierId ZENITH = new CarrierId("zenith");
    static final CarrierId LUMEN = new CarrierId("lumen");
    static final GatewayId ZENITH_1 = new GatewayId("zenith-1");
    static final GatewayId ZENITH_2 = new GatewayId("zenith-2");
    static final GatewayId LUMEN_1 = new GatewayId("lumen-1");
    static final String ISSUER = "clearinghouse.test";
    static final Directory DIRECTORY = new Directory(
            new TreeSet<>(List.of(ACME, ZENITH, LUMEN)),
            new TreeMap<>(Map.of(ZENITH_1, ZENITH, ZENITH_2, ZENITH, LUMEN_1, LUMEN)));

    private World() {}

    /** Writes all reference data, as administration. */
    static void publish(Ground ground) {
        AvroTrust.establish();
        KafkaAccess access = ground.accessFor(Party.of(Party.Kind.ADMINISTRATION));
        try (Producer<String, SpecificRecord> producer = RecordProducer.open(access, "world")) {
            for (CarrierId id : DIRECTORY.carriers()) {
                Carrier carrier = new Carrier(id.value(), id.value() + " telecom", PartyStatus.ACTIVE, 1L);
                send(producer, Topic.CARRIERS, id.value(), carrier);
            }
            DIRECTORY
                    .gateways()
                    .forEach((id, carrier) -> send(
                            producer,
                            Topic.GATEWAYS,
                            id.value(),
                            new Gateway(id.value(), carrier.value(), List.of("49"), 1, 500, PartyStatus.ACTIVE, 1L)));
            publishTerms(producer, ACME, Role.ORIGINATING, "0.012");
            publishTerms(producer, ZENITH, Role.TERMINATING, "0.010");
            publishTerms(producer, LUMEN, Role.TERMINATING, "0.011");
            for (TokenKey key : SigningKeys.open(ground.tokenKeyStore(), ground.tokenKeyPasswordFile())
                    .publicKeys()) {
                send(producer, Topic.TOKEN_KEYS, key.getKeyId(), key);
            }
            producer.flush();
        }
    }

    private static void publishTerms(
            Producer<String, SpecificRecord> producer, CarrierId carrier, Role side, String ratePerMinute) {
        String name = carrier + "-" + side.name().toLowerCase(java.util.Locale.ROOT);
        RateRow row = RateRow.newBuilder()
                .setPrefix("49")
                .setDestination("Germany")
                .setRatePerMinute(new BigDecimal(ratePerMinute).setScale(6))
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(BigDecimal.ZERO.setScale(6))
                .setValidFrom(Instant.parse("2020-01-01T00:00:00Z"))
                .setStatus(RateStatus.ACTIVE_RATE)
                .build();
        send(
                producer,
                Topic.RATE_DECKS,
                name + "/1/0",
                RateDeckChunk.newBuilder()
                        .setDeck(name)
                        .setRevision(1L)
                        .setChunk(0)
                        .setChunks(1)
                        .setRows(List.of(row))
                        .build());
        Contract contract = Contract.newBuilder()
                .setId(name)
                .setCarrier(carrier.value())
                .setSide(side)
                .setCurrency("EUR")
                .setDeck(name)
                .setRevision(1)
                .build();
        send(producer, Topic.CONTRACTS, name, contract);
    }

    private static void send(
            Producer<String, SpecificRecord> producer, Topic topic, String key, SpecificRecord record) {
        var unused = producer.send(new ProducerRecord<>(topic.topic(), key, record));
    }
}
