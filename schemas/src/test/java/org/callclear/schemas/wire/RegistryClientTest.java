package org.callclear.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Gateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that writes down what it is asked, and gives every schema the id 7. */
class RegistryClientTest {
    private static final AvroSchema CARRIER = new AvroSchema(Carrier.getClassSchema());
    private static final String SUBJECT = Carrier.getClassSchema().getFullName();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private OneAnswer registry;

    @BeforeEach
    void start() throws IOException {
        registry = OneAnswer.with("{\"id\":7}", asked::add);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void whatOneHasRegisteredNobodyWhoHasTheSameClientAsksFor() throws Exception {
        KafkaAccess one = new KafkaAccess("127.0.0.1:1", registry.url(), null, new RegistryClient(registry.url()));
        KafkaAccess other = new KafkaAccess("127.0.0.1:2", registry.url(), null, one.shared());
        try (var client = one.registry()) {
            client.register(SUBJECT, CARRIER);
        }

        assertThat(other.registry().getId(SUBJECT, new AvroSchema(Carrier.getClassSchema())))
                .isEqualTo(7);
        assertThat(other.registry().getSchemaById(7)).isEqualTo(CARRIER);
        assertThat(asked).containsExactly("POST /subjects/" + SUBJECT + "/versions");
    }

    @Test
    void whatWasNotRegisteredIsAskedForOnce() throws Exception {
        RegistryClient client = new RegistryClient(registry.url());
        String subject = Gateway.getClassSchema().getFullName();
        client.register(SUBJECT, CARRIER);
        asked.clear();

        client.getId(subject, new AvroSchema(Gateway.getClassSchema()));
        client.getId(subject, new AvroSchema(Gateway.getClassSchema()));

        assertThat(asked).containsExactly("POST /subjects/" + subject);
    }

    @Test
    void whoSharesNothingHasAClientOfItsOwn() {
        KafkaAccess access = new KafkaAccess("127.0.0.1:1", registry.url(), null);

        assertThat(access.registry()).isNotSameAs(access.registry());
    }
}
