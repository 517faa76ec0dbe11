package org.callclear.systemtests;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.UsageFile;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;

/** Where files of usage records are made, taken and given out: a real broker, and the command line of the administration. */
final class UsageDesk implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String HEADER = "call_id,leg,role,transaction_id,originating_carrier,terminating_carrier,"
            + "calling,called,setup_at,answered_at,ended_at,sip_status,q850_cause,release_source,version\r\n";

    private final Path folder;
    private final EmbeddedGround ground;
    private final Records records;
    private final Path config;

    private UsageDesk(Path folder) throws IOException {
        this.folder = folder;
        this.ground = EmbeddedGround.start(folder.resolve("data"));
        this.records = new Records(
                ground,
                name -> name.equals(Topic.USAGE_FILES.topic())
                        || Topic.CDRS.pattern().matcher(name).matches());
        KafkaAccess access = ground.accessFor(Party.of(Party.Kind.ADMINISTRATION));
        KafkaAccess.Tls tls = Objects.requireNonNull(access.tls());
        this.config = Files.writeString(
                folder.resolve("admin.yaml"),
                Typed.kafka(access.bootstrapServers(), access.registryUrl(), tls.trusted(), tls.identity()));
    }

    static UsageDesk open(Path folder) throws IOException {
        return new UsageDesk(folder);
    }

    KafkaAccess accessFor(Party party) {
        return ground.accessFor(party);
    }

    /** What is on a carrier's topic, once there are so many records and each file's note. */
    List<CallDetailRecord> reports(String carrier, int count) {
        return Awaitility.await()
                .until(
                        () -> records.of(CallDetailRecord.class)
                                .filter(cdr -> cdr.getOriginatingCarrier().equals(carrier))
                                .toList(),
                        found -> found.size() >= count
                                && records.of(UsageFile.class).findAny().isPresent());
    }

    ObjectNode audit(Path file, long sequence, int rows) throws Exception {
        ObjectNode audit = JSON.createObjectNode();
        audit.put("carrier", "acme")
                .put("sequence", sequence)
                .put("file", file.getFileName().toString());
        audit.put(
                "sha256",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
        String[] lines = Files.readString(file).split("\r\n", -1);
        audit.put("records", rows);
        audit.put("first", lines[1].split(",", -1)[8]);
        audit.put("last", lines[lines.length - 2].split(",", -1)[8]);
        audit.put("answered", lines.length - 2).put("talked_milliseconds", 61_234L * (lines.length - 2));
        audit.putObject("roles").put("ORIGINATING", lines.length - 2).put("TERMINATING", 0);
        return audit;
    }

    static String row(int call, int version, int leg) {
        return String.format(
                Locale.ROOT,
                "01930000-0000-7000-8000-%012d,%d,ORIGINATING,,acme,zenith,4930123456,4420123456,"
                        + "2026-11-01T00:00:%02d.000Z,2026-11-01T00:01:00.001Z,2026-11-01T00:02:01.235Z,200,16,CALLER,%d\r\n",
                call,
                leg,
                call,
                version);
    }

    Path file(String name, String... rows) throws IOException {
        return Files.writeString(folder.resolve(name), HEADER + String.join("", rows));
    }

    Typed run(String... args) {
        List<String> all = new ArrayList<>(List.of("cdrs"));
        all.addAll(List.of(args));
        all.addAll(List.of("--json", "--config", config.toString()));
        return Typed.run(all.toArray(String[]::new));
    }

    @Override
    public void close() {
        records.close();
        ground.close();
    }
}
