package org.callclear.systemtests;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.callclear.app.stack.EmbeddedStack;
import org.callclear.app.stack.StackPorts;
import org.callclear.app.topics.TopicApplier;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;

/** The product's own embedded stack: TLS with client certificates, deny by default. */
final class EmbeddedGround implements Ground {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedStack stack;

    private EmbeddedGround(EmbeddedStack stack) {
        this.stack = stack;
    }

    /** Starts broker and registry, and makes the topics, access rules and schemas of {@link World#DIRECTORY}. */
    static EmbeddedGround start(Path data) {
        EmbeddedGround ground = new EmbeddedGround(EmbeddedStack.start(data, StackPorts.REMEMBERED, line -> {}));
        try {
            applyTopics(ground);
            return ground;
        } catch (RuntimeException | Error e) {
            ground.close();
            throw e;
        }
    }

    static void applyTopics(Ground ground) {
        try (TopicApplier applier = TopicApplier.open(ground.accessFor(Party.of(Party.Kind.SETUP)))) {
            applier.apply(World.DIRECTORY, line -> {});
        }
    }

    /** Makes all topics anew, as if nothing had ever been written; keys and rights stay. Nobody may be using them. */
    void empty() throws Exception {
        try (Admin admin = Admin.create(accessFor(Party.of(Party.Kind.SETUP)).clientSettings())) {
            List<String> all = Catalogue.topics(World.DIRECTORY).stream()
                    .map(Catalogue.TopicSpec::name)
                    .toList();
            admin.deleteTopics(all).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            await().atMost(PATIENCE)
                    .until(() -> Collections.disjoint(admin.listTopics().names().get(), all));
        }
        applyTopics(this);
    }

    EmbeddedStack stack() {
        return stack;
    }

    @Override
    public KafkaAccess accessFor(Party party) {
        return stack.accessFor(party);
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
        stack.close();
    }
}
