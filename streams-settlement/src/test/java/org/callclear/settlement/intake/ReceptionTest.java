package org.callclear.settlement.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.PostNetting;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordSerializer;
import org.callclear.settlement.intake.Reception.Moment;
import org.callclear.settlement.intake.Reception.Received;
import org.callclear.settlement.period.Calendar;
import org.callclear.testkit.clearing.References;
import org.junit.jupiter.api.Test;

class ReceptionTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final SchemaRegistryClient registry = MemoryRegistry.open();
    private final ReferenceView references = new ReferenceView(Calendar.of(PeriodLength.MONTH, "UTC"));
    private final Reception reception = new Reception(new RecordDeserializer(registry), new SetAside());

    @Test
    void aCommandIsTakenWithAnIdOf64Characters() {
        assertThat(receive(command("i".repeat(64)))).isInstanceOf(Received.Close.class);
    }

    @Test
    void aCommandWithAHugeIdIsRefusedUnderTheBeginningOfItsId() {
        assertThat(receive(command("i".repeat(500_000))))
                .isInstanceOfSatisfying(Received.Malformed.class, malformed -> {
                    assertThat(malformed.answer().getOutcome()).isEqualTo(OutcomeKind.REFUSED);
                    assertThat(malformed.answer().getCommandId()).hasSize(64).startsWith("i".repeat(63));
                });
    }

    @Test
    void aCommandWithoutAnIdIsSetAside() {
        assertThat(receive(command(" ")))
                .isInstanceOfSatisfying(
                        Received.Rejected.class,
                        rejected -> assertThat(rejected.record().getField()).isEqualTo("commandId"));
    }

    @Test
    void whatCannotBeReadIsSetAside() {
        assertThat(reception.receive(record(Topic.COMMANDS.topic(), new byte[900_000]), moment(NOW)))
                .isInstanceOfSatisfying(
                        Received.Rejected.class,
                        rejected -> assertThat(rejected.record().getReason()).isEqualTo("UNREADABLE"));
    }

    @Test
    void aCommandThatTheJournalObeysGoesThereUnderWhatItIsAbout() {
        references.put(Topic.CARRIERS.topic(), "acme", References.carrier("acme"));
        ResolveDispute resolve = Commands.resolve(Resolution.ACCEPTED, null);
        PostNetting netting = Commands.netting("2026-11", "EUR", Commands.line("acme", "1.5"));

        assertThat(receive(resolve)).isEqualTo(new Received.ForTheJournal(resolve.getCallId(), resolve));
        assertThat(receive(netting)).isEqualTo(new Received.ForTheJournal("EUR", netting));
    }

    @Test
    void aMalformedCommandIsRefusedUnderItsId() {
        ResolveDispute resolve = Commands.resolve(Resolution.SPLIT, null);

        assertThat(receive(resolve)).isInstanceOfSatisfying(Received.Malformed.class, malformed -> {
            assertThat(malformed.answer().getOutcome()).isEqualTo(OutcomeKind.REFUSED);
            assertThat(malformed.answer().getCommandId()).isEqualTo(resolve.getCommandId());
        });
    }

    @Test
    void aReportOnTheCommandsIsSetAside() {
        assertThat(receive(aCall("c1").originating()))
                .isInstanceOfSatisfying(
                        Received.Rejected.class,
                        rejected -> assertThat(rejected.record().getReason()).isEqualTo("WRONG_TYPE"));
    }

    @Test
    void aReportIsStampedWithTheRevisionsOfItsReportersSide() {
        references.put(
                Topic.CONTRACTS.topic(),
                "z-in",
                References.contract("z-in", "zenith", Role.TERMINATING, "EUR", "gold"));
        references.put(
                Topic.RATE_DECKS.topic(),
                "gold/6/0",
                RateDeckChunk.newBuilder()
                        .setDeck("gold")
                        .setRevision(6L)
                        .setChunk(0)
                        .setChunks(1)
                        .setRows(List.of())
                        .build());

        Received ofZenith = receive("zenith", aCall("c1").terminating());
        Received ofAcme = receive("acme", aCall("c1").originating());

        assertThat(ofZenith).isInstanceOfSatisfying(Received.Report.class, report -> {
            assertThat(report.cdr().getContractRevision()).isEqualTo(1);
            assertThat(report.cdr().getDeckRevision()).isEqualTo(6);
        });
        assertThat(ofAcme).isInstanceOfSatisfying(Received.Report.class, report -> {
            assertThat(report.cdr().getContractRevision()).isZero();
            assertThat(report.cdr().getDeckRevision()).isZero();
        });
    }

    private Received receive(String reporter, CallDetailRecord cdr) {
        byte[] key = cdr.getCallId().getBytes(StandardCharsets.UTF_8);
        return reception.receive(
                new ConsumerRecord<>("carrier." + reporter + ".cdrs", 0, 0L, key, bytes(cdr)),
                moment(cdr.getEndedAt()));
    }

    private static ClosePeriod command(String id) {
        return ClosePeriod.newBuilder()
                .setCommandId(id)
                .setPeriod("2026-11")
                .setRequestedBy("admin")
                .setRequestedAt(NOW)
                .setReason("month end")
                .build();
    }

    private Received receive(SpecificRecord command) {
        return reception.receive(record(Topic.COMMANDS.topic(), bytes(command)), moment(NOW));
    }

    private Moment moment(Instant now) {
        return new Moment(references.inForce(), Openings.NONE, now);
    }

    private byte[] bytes(SpecificRecord value) {
        try (RecordSerializer serializer = new RecordSerializer(registry)) {
            return serializer.serialize("any", value);
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, byte[] value) {
        return new ConsumerRecord<>(topic, 0, 0L, "2026-11".getBytes(StandardCharsets.UTF_8), value);
    }
}
