package org.callclear.app.archive;

import static org.callclear.testkit.settlement.CallStory.aCall;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Evidence;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.settlement.period.Period;
import org.callclear.testkit.settlement.CallStory;
import org.jspecify.annotations.Nullable;

/** A log of two months, closed, and a third one that is open; with all that goes into an archive and much that does not. */
final class LoggedMonths {
    static final Period OCTOBER = period("2026-10");
    static final Period NOVEMBER = period("2026-11");
    static final Clock CLOCK = Clock.fixed(Instant.parse("2027-02-03T04:05:06.789Z"), ZoneOffset.UTC);
    static final String JOURNAL = "settlement-journal";
    static final int PARTITIONS = 2;
    static final String SALT = "thirty-two-bytes-nobody-may-know";
    /** Stands where people write freely, which archives keep in clear. */
    static final String FREE_NUMBER = "4930987654321";

    final MemorySource source = new MemorySource();
    final List<String> numbers = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Random random;
    private final KeyPair signing = ed25519();

    LoggedMonths(long seed, int calls) {
        AvroTrust.establish();
        random = new Random(seed);
        topics();
        barrier(null, "2026-10");
        month("2026-10-10T12:00:00Z", calls);
        barrier("2026-10", "2026-11");
        month("2026-11-10T12:00:00Z", calls);
        barrier("2026-11", "2026-12");
        month("2026-12-01T12:00:00Z", 3);
        source.open(period("2026-12"));
    }

    private void topics() {
        source.topic(JOURNAL, PARTITIONS);
        for (String topic : List.of(
                "carrier.acme.cdrs",
                "cdr-rejected",
                "reconciled-calls",
                "disputes",
                "carriers",
                "carrier.acme.authorization-responses",
                "carrier.acme.setup-events",
                "gateway.gw1.setup-requests",
                "gateway.gw1.used-tokens",
                "limits",
                "statement-drafts")) {
            source.topic(topic, 1);
        }
        add("carriers", 0, "acme", new Carrier("acme", "Acme", PartyStatus.ACTIVE, 1L));
        add("carriers", 0, "gone", null);
        for (String secret : List.of("carrier.acme.authorization-responses", "gateway.gw1.setup-requests")) {
            bytes(secret, 0, "token".getBytes(StandardCharsets.UTF_8), "secret".getBytes(StandardCharsets.UTF_8));
        }
    }

    static Period period(String id) {
        return Period.parse(id).orElseThrow();
    }

    private void month(String begin, int calls) {
        for (int i = 0; i < calls; i++) {
            call(Instant.parse(begin).plusSeconds(i), i);
        }
        byte[] unread = ("gibberish from +" + number()).getBytes(StandardCharsets.UTF_8);
        bytes("carrier.acme.cdrs", 0, number().getBytes(StandardCharsets.UTF_8), unread);
        RejectedRecord rejected = RejectedRecord.newBuilder()
                .setSourceTopic("carrier.acme.cdrs")
                .setSourcePartition(0)
                .setSourceOffset(17)
                .setSourceTimestamp(Instant.parse(begin))
                .setKey(ByteBuffer.wrap(number().getBytes(StandardCharsets.UTF_8)))
                .setValue(ByteBuffer.wrap(unread))
                .setReason("UNREADABLE")
                .setField("")
                .setDetail("not in the Confluent wire format")
                .setRejectedAt(Instant.parse(begin))
                .build();
        add("cdr-rejected", 0, "carrier.acme.cdrs-0", rejected);
    }

    private void call(Instant at, int i) {
        String id = CallId.mint(at, random).toString();
        String calling = number();
        String called = number();
        CallStory story = aCall("call " + i)
                .from(i % 3 == 0 ? "lumen" : "acme")
                .called(called)
                .answeredAt(at);
        Grant grant = Grant.newBuilder(story.grant())
                .setCallId(id)
                .setCalling(calling)
                .build();
        int partition = Math.floorMod(id.hashCode(), PARTITIONS);
        add(JOURNAL, partition, id, grant);
        CallDetailRecord cdr = CallDetailRecord.newBuilder(story.originating())
                .setCallId(id)
                .setCalling(calling)
                .build();
        add("carrier.acme.cdrs", 0, id, cdr);
        add(JOURNAL, partition, id, story.accepted("acme", cdr));
        add(
                "reconciled-calls",
                0,
                id,
                ReconciledCall.newBuilder()
                        .setCallId(id)
                        .setLeg(1)
                        .setOriginatingCarrier(cdr.getOriginatingCarrier())
                        .setTerminatingCarrier("zenith")
                        .setCalled(called)
                        .setReconciliation(ReconciliationClass.MATCHED)
                        .setAnsweredAt(at)
                        .setPeriod("2026-10")
                        .build());
        if (i % 4 == 0) {
            add("disputes", 0, id, dispute(id, cdr));
        }
    }

    private static Dispute dispute(String id, CallDetailRecord cdr) {
        return Dispute.newBuilder()
                .setDisputeId(id + "/1")
                .setCallId(id)
                .setLeg(1)
                .setOriginatingCarrier(cdr.getOriginatingCarrier())
                .setReconciliation(ReconciliationClass.DURATION_MISMATCH)
                .setDetail("the talk times differ; ask +" + FREE_NUMBER)
                .setPeriod("2026-10")
                .setState("OPEN")
                .setEvidence(List.of(Evidence.newBuilder()
                        .setRole(cdr.getRole())
                        .setReporter("acme")
                        .setVersion(1)
                        .setCalling(cdr.getCalling())
                        .setCalled(cdr.getCalled())
                        .setSetupAt(cdr.getSetupAt())
                        .setEndedAt(cdr.getEndedAt())
                        .setSipStatus(200)
                        .setQ850Cause(16)
                        .setSourcePartition(0)
                        .setSourceOffset(1)
                        .build()))
                .build();
    }

    private String number() {
        String number = "49" + (1_000_000_000L + random.nextInt(899_999_999));
        numbers.add(number);
        return number;
    }

    private void barrier(@Nullable String closes, String opens) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            add(
                    JOURNAL,
                    partition,
                    "barrier",
                    PeriodBarrier.newBuilder()
                            .setCloses(closes)
                            .setOpens(opens)
                            .setCarriers(List.of("acme", "lumen", "zenith"))
                            .setCommandId("close-" + closes)
                            .setAt(Instant.parse("2026-12-01T00:00:00Z"))
                            .setPartitions(PARTITIONS)
                            .setSalt(ByteBuffer.wrap(SALT.getBytes(StandardCharsets.UTF_8)))
                            .build());
        }
    }

    private void add(String topic, int partition, String key, @Nullable SpecificRecord record) {
        bytes(topic, partition, key.getBytes(StandardCharsets.UTF_8), record == null ? null : framed(record));
    }

    /** As our serializer writes it. */
    byte[] framed(SpecificRecord record) {
        int id = ids.computeIfAbsent(record.getSchema().getFullName(), name -> ids.size() + 1);
        source.schema(id, record.getSchema());
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new SpecificDatumWriter<>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void bytes(String topic, int partition, byte[] key, byte @Nullable [] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("open", "2026-10|close".getBytes(StandardCharsets.UTF_8));
        headers.add("empty", null);
        headers.add(
                "at",
                ByteBuffer.allocate(Long.BYTES)
                        .putLong(source.next(topic, partition))
                        .array());
        headers.add("note", ("from " + FREE_NUMBER).getBytes(StandardCharsets.UTF_8));
        long offset = source.next(topic, partition);
        source.add(new ConsumerRecord<>(
                topic,
                partition,
                offset,
                Instant.parse("2026-10-10T12:00:00Z").toEpochMilli() + offset,
                TimestampType.CREATE_TIME,
                key.length,
                value == null ? 0 : value.length,
                key,
                value,
                headers,
                Optional.empty()));
    }

    /** Exports a period. */
    ArchiveExport.Done export(Period period, Path directory, Path keyFile) {
        return export(source, period, directory, keyFile);
    }

    ArchiveExport.Done export(RecordSource from, Period period, Path directory, Path keyFile) {
        return export(from, period, directory, keyFile, signer());
    }

    static ArchiveExport.Done export(
            RecordSource from, Period period, Path directory, Path keyFile, ManifestSigner signer) {
        try (NumberKeys keys = NumberKeys.change(keyFile)) {
            return new ArchiveExport(from, keys, signer, CLOCK, line -> {}).run(period, directory);
        }
    }

    PublicKey publicKey() {
        return signing.getPublic();
    }

    ManifestSigner signer() {
        return signer(signing.getPrivate());
    }

    static ManifestSigner signer(PrivateKey key) {
        return new ManifestSigner() {
            @Override
            public String keyId() {
                return "statements-1";
            }

            @Override
            public byte[] sign(byte[] content) {
                try {
                    Signature signature = Signature.getInstance("Ed25519");
                    signature.initSign(key);
                    signature.update(content);
                    return signature.sign();
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
