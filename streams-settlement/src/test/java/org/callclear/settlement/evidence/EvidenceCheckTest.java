package org.callclear.settlement.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.callclear.settlement.proof.CallProof;
import org.callclear.settlement.proof.LeafTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceCheckTest {
    private final Random random = new Random(11);
    private final Month month = Month.first(9, random);

    @Test
    void aStatementHoldsWithItsKeyAndWithNoOther() {
        byte[] json = month.statement.json();

        assertThat(Month.check().check(json)).isInstanceOf(Finding.Sealed.class);
        assertThat(EvidenceCheck.with(List.of(StatementKey.ofPem(Month.pem(Month.keys()))))
                        .check(json))
                .isEqualTo(new Finding.Bad("signature: not made with the key given"));
    }

    @Test
    void aProofIsRefusedForItsStatementsSignatureBeforeAnythingElse() {
        CallProof proof = month.proof(month.calls.getFirst());
        EvidenceCheck other = EvidenceCheck.with(List.of());

        assertThat(other.check(month.file(proof)))
                .isEqualTo(new Finding.Bad("statement.signature: not made with any of the keys given"));
    }

    @Test
    void aChangedStatementIsRefused() {
        byte[] changed = new String(month.statement.json(), StandardCharsets.UTF_8)
                .replace("\"amount\":\"12.340000\"", "\"amount\":\"12.350000\"")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(changed).isNotEqualTo(month.statement.json());
        assertThat(Month.check().check(changed)).isInstanceOf(Finding.Bad.class);
    }

    @Test
    void aProofShowsOfItsNeighboursTheirIdsAndNoMore() {
        CallProof proof = month.proof(month.inOrder().get(1));

        String file = new String(month.file(proof), StandardCharsets.UTF_8);

        assertThat(proof.before()).isNotNull();
        assertThat(proof.after()).isNotNull();
        for (LeafTree.Opened other : month.opened.values()) {
            if (!other.line().key().callId().equals(proof.call())) {
                assertThat(file)
                        .doesNotContain(other.line().json())
                        .doesNotContain(HexFormat.of().formatHex(other.salt()));
            }
        }
        assertThat(file).contains(proof.lines().getFirst().line().json());
    }

    @Test
    void aChainHoldsInAnyOrder() {
        Month second = month.next(3, random);
        Month third = second.next(0, random);

        assertThat(EvidenceCheck.chainFault(List.of(third.statement, month.statement, second.statement)))
                .isEmpty();
        assertThat(EvidenceCheck.chainFault(List.of(third.statement))).isEmpty();
    }

    @Test
    void aChainWithAGapAForkATwinOrAnotherCarrierDoesNotHold() {
        Month second = month.next(3, random);
        Month third = second.next(0, random);
        Month fork = month.next(4, random);
        SealedStatement stranger =
                Month.seal("zenith", 2, month.statement.digest(), month.tree.size(), month.tree.root());

        assertThat(EvidenceCheck.chainFault(List.of(month.statement, third.statement)))
                .hasValue("acme-2026-10-3: sequence 3 after 1");
        assertThat(EvidenceCheck.chainFault(List.of(month.statement, month.statement)))
                .hasValue("acme-2026-10-1: sequence 1 after 1");
        assertThat(EvidenceCheck.chainFault(List.of(fork.statement, third.statement)))
                .hasValue("acme-2026-10-3: header.previous is not the digest of acme-2026-10-2");
        assertThat(EvidenceCheck.chainFault(List.of(month.statement, stranger)))
                .hasValue("acme-2026-10-1 and zenith-2026-10-2: of two carriers");
    }

    /** In a proof of a call with lines, each change of the text; where it is refused, and why. */
    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "format":"callclear-proof/1" | "format":"callclear-proof/2" | format: not callclear-proof/1
            "format":"callclear-proof/1" | "format":"callclear-proof/1","forms":1 | forms: unknown
            "lines":[{ | "lines":[{"a":1, | lines[0].a: unknown
            "call_id":"0 | "call_id":"x0 | lines[0].line: call_id: not that of entry
            "algorithm":"Ed25519" | "algorithm":"Ed448" | statement: signature.algorithm 'Ed448': must be Ed25519
            "key":"key-1" | "key":1 | statement: signature.key: missing
            "key":"key-1" | "key":"key-1","more":1 | statement: signature.more: unknown
            "previous":"" | "previous":"00" | statement: header.previous: not empty in a carrier's first statement
            "sequence":1 | "sequence":0 | statement: header.sequence: not a whole number of at least 1
            "sequence":1 | "sequence":1.5 | not for a statement
            "sequence":1 | "sequence":null | not for a statement: null
            "sequence":1 | "sequence":9007199254740993 | beyond 2^53
            "leaves":9 | "leaves":-1 | statement: trailer.call_lines.leaves: not a whole number of at least 0
            """)
    void aFileThatIsNotOfTheFormatIsRefusedByThePlace(String from, String to, String why) {
        String file = new String(month.file(month.proof(month.calls.getFirst())), StandardCharsets.UTF_8);
        String changed = file.replace(from, to);

        assertThat(changed).isNotEqualTo(file);
        assertThatThrownBy(() -> ProofFile.read(changed.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aCallIdThatIsNoneIsRefused() {
        CallProof absent = month.proof(Month.anyCall(random));
        String file = new String(month.file(absent), StandardCharsets.UTF_8)
                .replace(absent.call().toString(), "call-1");

        assertThat(absent.lines()).isEmpty();
        assertThatThrownBy(() -> ProofFile.read(file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(EvidenceException.class)
                .hasMessage("call_id: not a call id: call-1");
    }

    @Test
    void aFileInAnyOtherFormThanTheCanonicalIsRefused() {
        String file = new String(month.file(month.proof(month.calls.getFirst())), StandardCharsets.UTF_8);

        for (String other : List.of(
                " " + file,
                file + "\n",
                file.replaceFirst(",", ", "),
                file.replaceFirst("\\{", "{\"format\":\"callclear-proof/1\","),
                file.replaceFirst("acme", "\\\\u0061cme"),
                file + file)) {
            assertThatThrownBy(() -> ProofFile.read(other.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(EvidenceException.class)
                    .hasMessage("not canonical JSON (RFC 8785) of an object");
        }
    }

    @Test
    void aKeyOfAnotherKindOrNoKeyAtAllIsRefused() {
        assertThatThrownBy(() -> StatementKey.ofPem("key")).isInstanceOf(EvidenceException.class);
        assertThatThrownBy(() -> StatementKey.ofPem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"))
                .isInstanceOf(EvidenceException.class)
                .hasMessage("not a public key of Ed25519");
        assertThatThrownBy(() -> StatementKey.ofPem("-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----"))
                .isInstanceOf(EvidenceException.class);
    }
}
