package org.callclear.systemtests;

import java.nio.file.Path;
import org.callclear.app.stack.EmbeddedStack;
import org.callclear.app.stack.StackPorts;
import org.callclear.app.topics.TopicApplier;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;

/** The product's own embedded stack: TLS with client certificates, deny by default. */
final class EmbeddedGround implements Ground {
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
