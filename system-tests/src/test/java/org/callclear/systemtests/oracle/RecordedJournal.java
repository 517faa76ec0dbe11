package org.callclear.systemtests.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.stages.RecordSerde;

/**
 * A journal as a release wrote it: the bytes of its records, the schemas that these name, and the drafts that the release made of
 * it. In a file it is lines of JSON, packed.
 *
 * @param schemas by the id that stands in the bytes
 * @param records of one partition, in order; no offset is missing
 * @param drafts the JSON of each statement, by its id
 */
record RecordedJournal(Map<Integer, Schema> schemas, List<byte[]> records, Map<String, String> drafts) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The schema that bytes name. */
    static int schemaOf(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(1);
    }

    static RecordedJournal read(InputStream packed) throws IOException {
        RecordedJournal recorded = new RecordedJournal(new TreeMap<>(), new ArrayList<>(), new TreeMap<>());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                recorded.take(JSON.readTree(line));
            }
        }
        return recorded;
    }

    private void take(JsonNode line) {
        if (line.has("schema")) {
            schemas.put(
                    line.path("schema").asInt(),
                    new Schema.Parser().parse(line.path("text").asText()));
        } else if (line.has("record")) {
            records.add(Base64.getDecoder().decode(line.path("record").asText()));
        } else {
            drafts.put(line.path("draft").asText(), line.path("json").asText());
        }
    }

    void write(OutputStream packed) throws IOException {
        try (Writer lines = new OutputStreamWriter(new GZIPOutputStream(packed), StandardCharsets.UTF_8)) {
            for (Map.Entry<Integer, Schema> schema : schemas.entrySet()) {
                line(
                        lines,
                        JSON.createObjectNode()
                                .put("schema", schema.getKey())
                                .put("text", schema.getValue().toString()));
            }
            for (byte[] record : records) {
                line(
                        lines,
                        JSON.createObjectNode()
                                .put("record", Base64.getEncoder().encodeToString(record)));
            }
            for (Map.Entry<String, String> draft : drafts.entrySet()) {
                line(lines, JSON.createObjectNode().put("draft", draft.getKey()).put("json", draft.getValue()));
            }
        }
    }

    private static void line(Writer lines, ObjectNode line) throws IOException {
        lines.write(line.toString());
        lines.write('\n');
    }

    /** The journal as today's code reads it. */
    MemoryJournal journal() throws IOException, RestClientException {
        SchemaRegistryClient registry = new MockSchemaRegistryClient();
        for (Map.Entry<Integer, Schema> schema : schemas.entrySet()) {
            registry.register(
                    schema.getValue().getFullName() + schema.getKey(),
                    new AvroSchema(schema.getValue()),
                    1,
                    schema.getKey());
        }
        Deserializer<SpecificRecord> reader = RecordSerde.of(registry).deserializer();
        return new MemoryJournal(List.of(records.stream()
                .map(bytes -> reader.deserialize(Topic.SETTLEMENT_JOURNAL.topic(), bytes))
                .toList()));
    }
}
