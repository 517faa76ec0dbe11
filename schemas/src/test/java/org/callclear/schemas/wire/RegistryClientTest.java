package org.callclear.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            exchange.getRequestBody().readAllBytes();
            byte[] body = "{\"id\":7}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatOneHasRegisteredNobodyWhoHasTheSameClientAsksFor() throws Exception {
        KafkaAccess one = new KafkaAccess("127.0.0.1:1", url(), null, new RegistryClient(url()));
        KafkaAccess other = new KafkaAccess("127.0.0.1:2", url(), null, one.shared());
        try (var registry = one.registry()) {
            registry.register(SUBJECT, CARRIER);
        }

        assertThat(other.registry().getId(SUBJECT, new AvroSchema(Carrier.getClassSchema())))
                .isEqualTo(7);
        assertThat(other.registry().getSchemaById(7)).isEqualTo(CARRIER);
        assertThat(asked).containsExactly("POST /subjects/" + SUBJECT + "/versions");
    }

    @Test
    void whatWasNotRegisteredIsAskedForOnce() throws Exception {
        RegistryClient client = new RegistryClient(url());
        String subject = Gateway.getClassSchema().getFullName();
        client.register(SUBJECT, CARRIER);
        asked.clear();

        client.getId(subject, new AvroSchema(Gateway.getClassSchema()));
        client.getId(subject, new AvroSchema(Gateway.getClassSchema()));

        assertThat(asked).containsExactly("POST /subjects/" + subject);
    }

    @Test
    void whoSharesNothingHasAClientOfItsOwn() {
        KafkaAccess access = new KafkaAccess("127.0.0.1:1", url(), null);

        assertThat(access.registry()).isNotSameAs(access.registry());
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
