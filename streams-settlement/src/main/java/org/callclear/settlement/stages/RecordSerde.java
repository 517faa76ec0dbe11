package org.callclear.settlement.stages;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordSerializer;

/** Any record of the shared language, on topics and in stores alike. */
public final class RecordSerde {
    private RecordSerde() {}

    /** A serde that asks this registry. */
    public static Serde<SpecificRecord> of(SchemaRegistryClient registry) {
        return Serdes.serdeFrom(new RecordSerializer(registry), new RecordDeserializer(registry));
    }
}
