package org.callclear.bench.authorize;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.callclear.bench.child.JavaChild;
import org.callclear.clearinghouse.Clearinghouse;
import org.callclear.clearinghouse.ClearinghouseConfig;
import org.callclear.schemas.topics.Party;
import org.callclear.tokens.SigningKeySource;

/** The child process that answers as the product does. */
public final class ClearinghouseUnderTest {
    private ClearinghouseUnderTest() {}

    /**
     * Answers until it is ended.
     *
     * @param args its way in, the token keys and their password file, a file that it makes when it is ready, and its name
     */
    public static void main(String[] args) throws Exception {
        ClearinghouseConfig config = new ClearinghouseConfig(
                Access.of(args),
                args[Access.SIZE + 3],
                Ground.ISSUER,
                new SigningKeySource.File(Path.of(args[Access.SIZE]), Path.of(args[Access.SIZE + 1])),
                Duration.ofSeconds(60),
                Duration.ofHours(4),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15));
        try (Clearinghouse clearinghouse = Clearinghouse.start(config)) {
            Ready.say(Path.of(args[Access.SIZE + 2]));
            clearinghouse.ended().join();
        }
    }

    /** Starts one, and returns when it serves. */
    static JavaChild start(Ground ground, List<String> java, String name) {
        Path ready = ground.folder().resolve("ready-" + UUID.randomUUID());
        List<String> arguments = new ArrayList<>(Access.words(ground.accessFor(Party.of(Party.Kind.CLEARINGHOUSE))));
        arguments.add(ground.tokenKeys().pkcs12().toString());
        arguments.add(ground.tokenKeys().passwordFile().toString());
        arguments.add(ready.toString());
        arguments.add(name);
        JavaChild child = JavaChild.start(
                ground.folder().resolve(name + ".out"), java, ClearinghouseUnderTest.class.getName(), arguments);
        Ready.await(child, ready);
        return child;
    }
}
