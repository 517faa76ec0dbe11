package org.callclear.app.command;

import org.callclear.app.keys.KeyUse;
import org.callclear.schemas.topics.Topic;
import org.callclear.tokens.SigningKeySource;
import picocli.CommandLine.Option;

/** Which keys a command is about. */
final class ForStatements {
    @Option(names = "--statements", description = "the keys that sign statements, not those that sign tokens")
    private boolean statements;

    boolean isGiven() {
        return statements;
    }

    KeyUse use() {
        return statements ? KeyUse.STATEMENTS : KeyUse.TOKENS;
    }

    /** Where the private halves are kept. */
    SigningKeySource source(Target target) {
        return statements ? target.statementKeys() : target.tokenKeys();
    }

    /** Where the public halves stand. */
    String topic() {
        return (statements ? Topic.STATEMENT_KEYS : Topic.TOKEN_KEYS).topic();
    }
}
