package org.callclear.app.logview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.app.command.Callclear;
import org.callclear.app.command.Terminal;
import org.callclear.app.stack.EmbeddedStack;
import org.callclear.app.stack.StackPorts;
import org.callclear.app.topics.TopicApplier;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.EntryKind;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordProducer;

/** A log of one call, and a little of another, on a real broker with the catalogue's rules, and the commands that people type. */
final class LogViewGround implements AutoCloseable {
    static final String CALL = MadeUpLog.CALL.toString();
    static final String OTHER = "019ab0aa-5c00-7000-8000-0000000000ff";

    private static final Directory DIRECTORY = new Directory(
            new TreeSet<>(List.of(MadeUpLog.ACME, new CarrierId("zenith"), new CarrierId("bell"))),
            new TreeMap<>(Map.of(
                    new GatewayId("zenith-1"),
                    new CarrierId("zenith"),
                    new GatewayId("bell-1"),
                    new CarrierId("bell"))));

    private final EmbeddedStack stack;
    private final Path folder;

    private LogViewGround(EmbeddedStack stack, Path folder) {
        this.stack = stack;
        this.folder = folder;
    }

    /** What came of a command. */
    record Typed(int code, String out, String err) {
        List<JsonNode> lines() {
            ObjectMapper json = new ObjectMapper();
            return out.lines()
                    .map(line -> {
                        try {
                            return json.readTree(line);
                        } catch (IOException e) {
                            throw new AssertionError(line, e);
                        }
                    })
                    .toList();
        }
    }

    static LogViewGround start(Path folder) throws Exception {
        LogViewGround ground = new LogViewGround(
                EmbeddedStack.start(folder.resolve("data"), StackPorts.REMEMBERED, line -> {}), folder);
        ground.fill();
        return ground;
    }

    /** The made-up call is a year old: half a minute after its start the broker would begin to drop what only days are kept of. */
    private void keepForEver() throws Exception {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (Catalogue.TopicSpec topic : Catalogue.topics(DIRECTORY)) {
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                    List.of(new AlterConfigOp(
                            new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "-1"), AlterConfigOp.OpType.SET)));
        }
        try (Admin admin = Admin.create(as("setup").clientSettings())) {
            admin.incrementalAlterConfigs(changes).all().get(60, TimeUnit.SECONDS);
        }
    }

    private void fill() throws Exception {
        try (TopicApplier applier = TopicApplier.open(as("setup"))) {
            applier.apply(DIRECTORY, line -> {});
        }
        keepForEver();
        CallLog call = new MadeUpLog()
                .authorized(1)
                .setup(1, 12)
                .event(850, MadeUpLog.ringing(1, 848))
                .event(4_003, MadeUpLog.answered(1, 4_000))
                .reported(Role.ORIGINATING, 1, 4_000L, 65_000, 200, 1, 65_010)
                .reported(Role.TERMINATING, 1, 4_000L, 65_000, 200, 1, 65_010)
                .reconciled(ReconciliationClass.MATCHED, 1, 61_000, 61_000, 1, "FIRST", 65_030)
                .posted("/1", EntryKind.ENTRY, "", "FIRST", "0.012200", "0.010167", 65_030)
                .log();
        for (LogRecord record : call.records()) {
            write(record.topic(), CALL, Objects.requireNonNull(record.value()), record.at());
        }
        write("commands", CALL + "/1", decision(CALL), MadeUpLog.at(70_000));
        write("commands", OTHER + "/1", decision(OTHER), MadeUpLog.at(70_001));
        write("command-outcomes", "decide-" + CALL, outcome(CALL), MadeUpLog.at(70_002));
        write("command-outcomes", "decide-" + OTHER, outcome(OTHER), MadeUpLog.at(70_003));
        write("cdr-rejected", "carrier.acme.cdrs-0", rejected(CALL), MadeUpLog.at(80_000));
        write("cdr-rejected", "carrier.acme.cdrs-0", rejected(OTHER), MadeUpLog.at(80_001));
        write("carrier.acme.setup-events", OTHER, MadeUpLog.ringing(1, 1), MadeUpLog.at(90_000));
        write("carriers", "acme", new Carrier("acme", "Acme", PartyStatus.ACTIVE, 1L), MadeUpLog.at(0));
        garbage();
    }

    @Override
    public void close() {
        stack.close();
    }

    KafkaAccess as(String party) {
        return stack.accessFor(Party.parse(party));
    }

    /** As the super user: who may write what is tried elsewhere. */
    private void write(String topic, String key, SpecificRecord value, Instant at) throws Exception {
        try (var producer = RecordProducer.open(as("setup"), "made-up")) {
            producer.send(new ProducerRecord<>(topic, null, at.toEpochMilli(), key, value))
                    .get();
        }
    }

    private void garbage() throws Exception {
        try (var producer =
                new KafkaProducer<>(as("setup").clientSettings(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            "carrier.acme.cdrs", null, MadeUpLog.at(95_000).toEpochMilli(), CALL, new byte[] {7}))
                    .get();
        }
    }

    private static ResolveDispute decision(String call) {
        return ResolveDispute.newBuilder()
                .setCommandId("decide-" + call)
                .setDisputeId(call + "/1")
                .setCallId(call)
                .setLeg(1)
                .setResolution(Resolution.REJECTED)
                .setRequestedBy("alice")
                .setRequestedAt(MadeUpLog.at(0))
                .setReason("no trace of " + MadeUpLog.CALLED)
                .build();
    }

    private static CommandOutcome outcome(String call) {
        return CommandOutcome.newBuilder()
                .setCommandId("decide-" + call)
                .setOutcome(OutcomeKind.REFUSED)
                .setDetail("there is no such dispute")
                .setAt(MadeUpLog.at(0))
                .build();
    }

    private static RejectedRecord rejected(String call) {
        return RejectedRecord.newBuilder()
                .setSourceTopic("carrier.acme.cdrs")
                .setSourcePartition(0)
                .setSourceOffset(7)
                .setSourceTimestamp(MadeUpLog.at(0))
                .setKey(ByteBuffer.wrap(call.getBytes(StandardCharsets.UTF_8)))
                .setValue(null)
                .setReason("CONFLICT")
                .setField("endedAt")
                .setDetail("another report of " + MadeUpLog.CALLED + " was first")
                .setRejectedAt(MadeUpLog.at(80_000))
                .build();
    }

    Typed run(String party, String... args) throws IOException {
        KafkaAccess access = as(party);
        KafkaAccess.Tls tls = Objects.requireNonNull(access.tls());
        Path config = folder.resolve(party + ".yaml");
        Files.writeString(
                config, """
                kafka:
                  bootstrapServers: %s
                  registryUrl: %s
                  tls:
                    trusted: %s
                    identity: %s
                """.formatted(access.bootstrapServers(), access.registryUrl(), tls.trusted(), tls.identity()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--config";
        all[args.length + 1] = config.toString();
        int code = Callclear.with(
                        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true)),
                        new ByteArrayInputStream(new byte[0]),
                        died -> {},
                        Clock.systemUTC())
                .execute(all);
        return new Typed(code, out.toString(), err.toString());
    }
}
