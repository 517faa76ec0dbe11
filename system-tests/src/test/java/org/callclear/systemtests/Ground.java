package org.callclear.systemtests;

import java.nio.file.Path;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;

/** A Kafka, a schema registry and the identities to use them: what every system test stands on. */
interface Ground extends AutoCloseable {
    /** How a party reaches Kafka; makes its identity when it has none yet. */
    KafkaAccess accessFor(Party party);

    /** The PKCS#12 file of the keys that sign tokens. */
    Path tokenKeyStore();

    /** The file with its password. */
    Path tokenKeyPasswordFile();

    @Override
    void close();
}
