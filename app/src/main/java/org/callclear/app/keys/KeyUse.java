package org.callclear.app.keys;

import org.callclear.schemas.topics.Topic;
import org.callclear.tokens.SigningUse;

/** What a key signs. Each use has a topic of its own, so that no key is believed for the other. */
public enum KeyUse {
    /** Tokens, which open gateways. */
    TOKENS(Topic.TOKEN_KEYS, SigningUse.TOKENS, "calls are refused"),
    /** Statements, which say who owes what. */
    STATEMENTS(Topic.STATEMENT_KEYS, SigningUse.STATEMENTS, "statements wait");

    private final Topic topic;
    private final SigningUse use;
    private final String withoutKey;

    KeyUse(Topic topic, SigningUse use, String withoutKey) {
        this.topic = topic;
        this.use = use;
        this.withoutKey = withoutKey;
    }

    /** Where the public halves stand. */
    Topic topic() {
        return topic;
    }

    /** What is signed, in the plural. */
    String signed() {
        return use.signed();
    }

    /** What comes of it that there is no key. */
    String withoutKey() {
        return withoutKey;
    }

    /** What {@code keys} has to be told, after a command's name. */
    String option() {
        return this == STATEMENTS ? " --statements" : "";
    }

    /** The other one. */
    KeyUse other() {
        return this == TOKENS ? STATEMENTS : TOKENS;
    }
}
