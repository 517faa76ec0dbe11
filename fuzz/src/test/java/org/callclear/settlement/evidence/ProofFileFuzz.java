package org.callclear.settlement.evidence;

import java.util.Arrays;
import java.util.List;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Swollen;
import org.callclear.settlement.proof.CallProofCheck;
import org.callclear.settlement.proof.Verdict;

/**
 * Proofs and statements that somebody sends: they are read, and write back as the same bytes, or refused in words. Nobody's
 * signature is believed, so that what is behind it is looked at too, by itself.
 */
public final class ProofFileFuzz {
    private static final int LONGEST = 70_000;
    private static final EvidenceCheck BELIEVES_NOBODY = EvidenceCheck.with(List.of());

    private ProofFileFuzz() {}

    /** The file. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] content = Swollen.of(data, LONGEST);
        Finding finding = Cost.bounded(content.length, () -> BELIEVES_NOBODY.check(content));
        Holds.that(finding instanceof Finding.Bad, "a file was believed that nobody signed");
        ProofFile file;
        try {
            file = ProofFile.read(content);
        } catch (EvidenceException e) {
            Holds.that(!String.valueOf(e.getMessage()).isBlank(), "a refusal without words");
            return;
        }
        Holds.that(Arrays.equals(content, file.bytes()), "a proof that writes back as another");
        SealedStatement statement = file.statement();
        Verdict verdict = new CallProofCheck(statement.leaves(), statement.root())
                .verify(file.proof(), file.proof().call());
        Holds.that(
                !(verdict instanceof Verdict.Present present)
                        || present.lines() == file.proof().lines().size(),
                "a verdict on other lines");
    }
}
