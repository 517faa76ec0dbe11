package org.callclear.systemtests;

import java.nio.file.Path;
import org.callclear.app.stack.EmbeddedStack;
import org.callclear.app.stack.StackPorts;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Kafka in a container, without TLS; registry and token keys come from the embedded stack. */
final class ContainerGround implements Ground {
    private static final String IMAGE = System.getProperty("callclear.kafka.image", "apache/kafka:4.3.1");

    private final KafkaContainer kafka = new KafkaContainer(
                    DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka"))
            .withEnv("KAFKA_AUTHORIZER_CLASS_NAME", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .withEnv("KAFKA_SUPER_USERS", "User:ANONYMOUS");
    private final EmbeddedStack stack;

    private ContainerGround(EmbeddedStack stack) {
        this.stack = stack;
    }

    static ContainerGround start(Path directory) {
        ContainerGround ground = new ContainerGround(EmbeddedStack.start(directory, StackPorts.REMEMBERED, line -> {}));
        try {
            ground.kafka.start();
            EmbeddedGround.applyTopics(ground);
            return ground;
        } catch (RuntimeException | Error e) {
            ground.close();
            throw e;
        }
    }

    @Override
    public KafkaAccess accessFor(Party party) {
        return new KafkaAccess(kafka.getBootstrapServers(), stack.registryUrl(), null);
    }

    @Override
    public Path tokenKeyStore() {
        return stack.tokenKeyStore();
    }

    @Override
    public Path tokenKeyPasswordFile() {
        return stack.tokenKeyPasswordFile();
    }

    @Override
    public void close() {
        kafka.stop();
        stack.close();
    }
}
