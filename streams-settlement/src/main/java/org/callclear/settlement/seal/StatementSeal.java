package org.callclear.settlement.seal;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.callclear.settlement.statement.CanonicalJson;

/**
 * The form of a sealed statement. To a draft's JSON come {@code header.previous}, the SHA-256 of the carrier's statement
 * before it, empty for its first; {@code trailer.call_lines}, the number of leaves and the root of the tree over the lines of
 * its calls; and {@code signature}, over the canonical JSON of all of it, with an empty {@code signature.value}.
 */
public final class StatementSeal {
    /** What statements are signed with: RFC 8032. */
    public static final String ALGORITHM = "Ed25519";

    private static final String SIGNATURE = "signature";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, Object>> OBJECT = new TypeReference<>() {};
    private static final HexFormat HEX = HexFormat.of();

    private StatementSeal() {}

    /** A statement taken apart. */
    public static final class Signed {
        private final byte[] unsigned;
        private final String keyId;
        private final byte[] signature;

        private Signed(byte[] unsigned, String keyId, byte[] signature) {
            this.unsigned = unsigned;
            this.keyId = keyId;
            this.signature = signature;
        }

        /** All but the signature. */
        public byte[] unsigned() {
            return unsigned.clone();
        }

        /** What the signature is over. */
        public byte[] message() {
            return toSign(unsigned, keyId);
        }

        /** Of the key that signed. */
        public String keyId() {
            return keyId;
        }

        /** 64 bytes. */
        public byte[] signature() {
            return signature.clone();
        }
    }

    /**
     * A statement that is complete but for its signature.
     *
     * @param draft a statement's JSON without a seal
     * @param previous SHA-256 of the carrier's statement before it, as published; empty for its first
     * @param leaves how many lines of calls there are
     * @param root of the tree over them
     * @throws IllegalArgumentException when the draft is not the JSON of a statement
     */
    public static byte[] unsigned(byte[] draft, byte[] previous, long leaves, byte[] root) {
        Map<String, Object> statement = object(draft);
        member(statement, "header").put("previous", HEX.formatHex(previous));
        member(statement, "trailer").put("call_lines", Map.of("leaves", leaves, "root", HEX.formatHex(root)));
        return CanonicalJson.bytes(statement);
    }

    /** What is to be signed: the statement, the key's name and an empty signature. */
    public static byte[] toSign(byte[] unsigned, String keyId) {
        return signed(unsigned, keyId, new byte[0]);
    }

    /** The statement with its signature, as it is published. */
    public static byte[] signed(byte[] unsigned, String keyId, byte[] signature) {
        Map<String, Object> statement = object(unsigned);
        statement.put(SIGNATURE, Map.of("algorithm", ALGORITHM, "key", keyId, "value", HEX.formatHex(signature)));
        return CanonicalJson.bytes(statement);
    }

    /**
     * Takes a published statement apart.
     *
     * @throws IllegalArgumentException when it is not canonical JSON with a signature; the message says what is wrong
     */
    public static Signed read(byte[] published) {
        Map<String, Object> statement = object(published);
        if (!Arrays.equals(CanonicalJson.bytes(statement), published)) {
            throw new IllegalArgumentException("not canonical JSON (RFC 8785)");
        }
        Map<String, Object> signature = member(statement, SIGNATURE);
        if (!ALGORITHM.equals(signature.get("algorithm"))) {
            throw new IllegalArgumentException(
                    "signature.algorithm '" + signature.get("algorithm") + "': must be " + ALGORITHM);
        }
        String keyId = text(signature, "key");
        byte[] value = HEX.parseHex(text(signature, "value"));
        statement.remove(SIGNATURE);
        return new Signed(CanonicalJson.bytes(statement), keyId, value);
    }

    private static Map<String, Object> object(byte[] json) {
        try {
            return JSON.readValue(json, OBJECT);
        } catch (IOException e) {
            throw new IllegalArgumentException("not the JSON of a statement", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> member(Map<String, Object> of, String name) {
        if (of.get(name) instanceof Map<?, ?> members) {
            return (Map<String, Object>) members;
        }
        throw new IllegalArgumentException(name + ": missing");
    }

    private static String text(Map<String, Object> of, String name) {
        if (of.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(SIGNATURE + "." + name + ": missing");
    }
}
