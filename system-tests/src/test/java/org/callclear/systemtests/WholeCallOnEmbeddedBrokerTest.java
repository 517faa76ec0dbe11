package org.callclear.systemtests;

import java.nio.file.Path;

/** The suite on the product's own embedded broker, with mutual TLS and deny-by-default access. */
class WholeCallOnEmbeddedBrokerTest extends WholeCallSuite {
    @Override
    Ground ground(Path directory) {
        return EmbeddedGround.start(directory);
    }
}
