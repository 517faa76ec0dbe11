package org.callclear.tokens;

/** What the keys of a file were made to sign. The file says it, so that no key comes to sign both. */
public enum SigningUse {
    /** Tokens, which open gateways. */
    TOKENS("token"),
    /** Statements, which say who owes what. */
    STATEMENTS("statement");

    private final String what;

    SigningUse(String what) {
        this.what = what;
    }

    /** What is signed, in the plural. */
    public String signed() {
        return what + "s";
    }

    /** One of it. */
    String what() {
        return what;
    }

    /** Whose certificate it is that a key of this use is kept with. */
    String subject(String keyId) {
        return "CN=" + what + "-key " + keyId;
    }
}
