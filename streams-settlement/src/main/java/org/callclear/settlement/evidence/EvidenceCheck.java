package org.callclear.settlement.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.callclear.settlement.proof.CallProofCheck;
import org.callclear.settlement.proof.Verdict;

/**
 * Checks files with public keys alone. A signature is checked before anything that the statement says is believed.
 *
 * @param refusal why a statement's signature is not believed; empty when it is
 */
public record EvidenceCheck(Function<SealedStatement, Optional<String>> refusal) {
    /** What is signed with one of these keys is believed. */
    public static EvidenceCheck with(List<StatementKey> keys) {
        return new EvidenceCheck(
                statement -> keys.stream().anyMatch(key -> key.signed(statement))
                        ? Optional.empty()
                        : Optional.of("signature: not made with "
                                + (keys.size() == 1 ? "the key given" : "any of the keys given")));
    }

    /** What a file shows, be it a statement or a proof. */
    public Finding check(byte[] file) {
        try {
            return Members.of(file).has("format") ? proof(ProofFile.read(file)) : statement(SealedStatement.of(file));
        } catch (EvidenceException e) {
            return new Finding.Bad(String.valueOf(e.getMessage()));
        }
    }

    private Finding statement(SealedStatement statement) {
        Optional<String> refused = refusal.apply(statement);
        return refused.isPresent() ? new Finding.Bad(refused.get()) : new Finding.Sealed(statement);
    }

    private Finding proof(ProofFile file) {
        SealedStatement statement = file.statement();
        Optional<String> refused = refusal.apply(statement);
        if (refused.isPresent()) {
            return new Finding.Bad("statement." + refused.get());
        }
        Verdict verdict = new CallProofCheck(statement.leaves(), statement.root())
                .verify(file.proof(), file.proof().call());
        return verdict instanceof Verdict.Refused no
                ? new Finding.Bad(no.what())
                : new Finding.Proved(statement, file.proof());
    }

    /**
     * Whether statements, in any order, are consecutive ones of one carrier, each naming the bytes of the one before.
     *
     * @return what breaks the chain; empty when nothing does
     */
    public static Optional<String> chainFault(List<SealedStatement> statements) {
        List<SealedStatement> inOrder = statements.stream()
                .sorted(Comparator.comparingLong(SealedStatement::sequence))
                .toList();
        for (int i = 1; i < inOrder.size(); i++) {
            SealedStatement before = inOrder.get(i - 1);
            SealedStatement after = inOrder.get(i);
            if (!before.carrier().equals(after.carrier())) {
                return Optional.of(before.id() + " and " + after.id() + ": of two carriers");
            }
            if (after.sequence() != before.sequence() + 1) {
                return Optional.of(after.id() + ": sequence " + after.sequence() + " after " + before.sequence());
            }
            if (!after.follows(before)) {
                return Optional.of(after.id() + ": header.previous is not the digest of " + before.id());
            }
        }
        return Optional.empty();
    }
}
