package org.callclear.settlement.evidence;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.callclear.schemas.call.CallId;
import org.callclear.settlement.proof.CallLine;
import org.callclear.settlement.proof.CallProof;
import org.callclear.settlement.proof.Leaf;
import org.callclear.settlement.proof.LeafTree;
import org.callclear.settlement.proof.LineKey;
import org.callclear.settlement.seal.StatementSeal;
import org.callclear.settlement.statement.CanonicalJson;

/** A carrier's month with calls at random, sealed with a key that is made for the test. */
final class Month {
    static final KeyPair KEYS = keys();
    static final String CARRIER = "acme";

    private static final Instant BEGIN = Instant.parse("2026-10-01T00:00:00Z");
    private static final long SECONDS = 31L * 86_400;
    private static final int MOST_LINES = 4;

    final LeafTree tree;
    final SealedStatement statement;
    final List<CallId> calls = new ArrayList<>();
    final Map<LineKey, LeafTree.Opened> opened = new HashMap<>();

    private Month(int lines, long sequence, byte[] previous, Random random) {
        byte[] periodSalt = new byte[Leaf.SALT];
        random.nextBytes(periodSalt);
        TreeMap<LineKey, CallLine> sorted = new TreeMap<>();
        while (sorted.size() < lines) {
            CallId call = anyCall(random);
            calls.add(call);
            int some = Math.min(1 + random.nextInt(MOST_LINES), lines - sorted.size());
            for (int number = 1; number <= some; number++) {
                CallLine line = line(call, number, random);
                sorted.put(line.key(), line);
            }
        }
        LeafTree.Builder builder = new LeafTree.Builder();
        sorted.forEach((key, line) -> {
            byte[] salt = Leaf.salt(key, CARRIER, periodSalt);
            opened.put(key, new LeafTree.Opened(line, salt));
            builder.add(Leaf.of(line, salt));
        });
        tree = builder.build();
        statement = seal(CARRIER, sequence, previous, tree.size(), tree.root());
    }

    /** The carrier's first statement. */
    static Month first(int lines, Random random) {
        return new Month(lines, 1, new byte[0], random);
    }

    Month next(int lines, Random random) {
        return new Month(lines, statement.sequence() + 1, statement.digest(), random);
    }

    /** Its calls as their leaves stand. */
    List<CallId> inOrder() {
        return opened.keySet().stream().map(LineKey::callId).distinct().sorted().toList();
    }

    static CallId anyCall(Random random) {
        return CallId.mint(BEGIN.plusSeconds((long) (random.nextDouble() * SECONDS)), random);
    }

    static CallLine line(CallId call, int number, Random random) {
        String entry = call + "/0" + (number == 1 ? "" : "/" + number);
        return CallLine.read(CanonicalJson.bytes(Map.of(
                "entry_id",
                entry,
                "call_id",
                call.toString(),
                "leg",
                0,
                "kind",
                number == 1 ? "CALL" : "REVERSAL",
                "cause",
                "äöü €\n",
                "postings",
                List.of(Map.of(
                        "amount",
                        "0.0" + random.nextInt(1_000),
                        "currency",
                        "EUR",
                        "seconds",
                        random.nextInt(4_000))))));
    }

    CallProof proof(CallId call) {
        return tree.prove(call, opened::get);
    }

    byte[] file(CallProof proof) {
        return new ProofFile(statement, proof).bytes();
    }

    static SealedStatement seal(String carrier, long sequence, byte[] previous, long leaves, byte[] root) {
        byte[] draft = CanonicalJson.bytes(Map.of(
                "header",
                        Map.of(
                                "statement_id",
                                carrier + "-2026-10-" + sequence,
                                "carrier",
                                carrier,
                                "period",
                                "2026-10",
                                "sequence",
                                sequence),
                "lines", List.of(Map.of("amount", "12.340000", "currency", "EUR")),
                "trailer", Map.of("lines", 0)));
        byte[] unsigned = StatementSeal.unsigned(draft, previous, leaves, root);
        return SealedStatement.of(
                StatementSeal.signed(unsigned, "key-1", sign(StatementSeal.toSign(unsigned, "key-1"))));
    }

    static byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(StatementSeal.ALGORITHM);
            signature.initSign(KEYS.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance(StatementSeal.ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(KeyPair keys) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    static EvidenceCheck check() {
        return EvidenceCheck.with(List.of(StatementKey.ofPem(pem(KEYS))));
    }
}
