package org.callclear.settlement.evidence;

import java.util.Arrays;
import java.util.Set;
import org.callclear.settlement.proof.Hashes;
import org.callclear.settlement.seal.StatementSeal;

/**
 * What a published statement says of itself. Nothing of it is to be believed before its signature was found to hold.
 *
 * @param json the statement as it was published
 * @param id CARRIER-PERIOD-SEQUENCE
 * @param carrier whose it is
 * @param period what it covers
 * @param sequence from 1, without gaps, per carrier
 * @param previous SHA-256 of the carrier's statement before it; empty for its first
 * @param leaves how many lines of calls it is over
 * @param root of the tree over them
 * @param signed its parts that the signature is about
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SealedStatement(
        byte[] json,
        String id,
        String carrier,
        String period,
        long sequence,
        byte[] previous,
        long leaves,
        byte[] root,
        StatementSeal.Signed signed) {
    private static final int HASH = 32;
    private static final int SIGNATURE = 64;
    private static final Set<String> SIGNATURE_MEMBERS = Set.of("algorithm", "key", "value");

    /**
     * Reads one.
     *
     * @throws EvidenceException when the bytes are not the canonical JSON of a sealed statement
     */
    public static SealedStatement of(byte[] json) {
        Members statement = Members.of(json);
        Members header = statement.object("header");
        Members lines = statement.object("trailer").object("call_lines");
        long sequence = header.number("sequence", 1);
        return new SealedStatement(
                json,
                header.text("statement_id"),
                header.text("carrier"),
                header.text("period"),
                sequence,
                previous(header, sequence),
                lines.number("leaves", 0),
                lines.hex("root", HASH),
                signed(json, statement.object("signature")));
    }

    private static byte[] previous(Members header, long sequence) {
        if (sequence > 1) {
            return header.hex("previous", HASH);
        }
        if (!header.text("previous").isEmpty()) {
            throw new EvidenceException("header.previous: not empty in a carrier's first statement");
        }
        return new byte[0];
    }

    private static StatementSeal.Signed signed(byte[] json, Members signature) {
        signature.only(SIGNATURE_MEMBERS).hex("value", SIGNATURE);
        try {
            return StatementSeal.read(json);
        } catch (IllegalArgumentException e) {
            throw new EvidenceException(String.valueOf(e.getMessage()), e);
        }
    }

    /** SHA-256 of its bytes, which the next one names. */
    public byte[] digest() {
        return Hashes.sha256(json);
    }

    /** Whether it names another as the one before it. */
    boolean follows(SealedStatement before) {
        return Arrays.equals(previous, before.digest());
    }
}
