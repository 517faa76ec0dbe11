package org.callclear.settlement.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.callclear.settlement.proof.CallProof;
import org.callclear.settlement.seal.StatementSeal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier in another language, written from the description of the formats, says of each file what Java says. */
class PythonVerifierTest {
    private static final Path PROGRAM = Path.of("..", "examples", "verify_proof.py");
    private static final int PROOFS = 300;
    private static final int FILES_AT_ONCE = 100;
    private static final int MOST_LEAVES = 300;
    private static final int MOST_LINES = 150;
    private static final long MOST_SECONDS = 300;

    @TempDir
    Path directory;

    /** What one run said. */
    private record Said(int exitCode, List<String> lines) {}

    @BeforeEach
    void pythonIsInstalled() throws Exception {
        boolean installed;
        try {
            installed = new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            installed = false;
        }
        if (!installed) {
            System.err.println("\n*** SKIPPED: python3 is not installed (Debian package python3) ***\n");
        }
        assumeTrue(installed);
        Files.writeString(directory.resolve("key.pem"), Month.pem(Month.KEYS));
    }

    @Test
    void everyGoodProofHoldsAndEveryAlteredOneDoesNot() throws Exception {
        Random random = new Random(7);
        List<String> good = new ArrayList<>();
        List<String> altered = new ArrayList<>();
        for (int i = 0; i < PROOFS; i++) {
            Month month = Month.first(random.nextInt(i % 3 == 0 ? 5 : MOST_LEAVES), random);
            CallProof proof = month.proof(AnyProofTest.anyCall(month, random));
            good.add(write("good-" + i, month.file(proof)));
            altered.add(write("altered-" + i, Alteration.any(month, proof, random)));
        }

        for (int i = 0; i < PROOFS; i += FILES_AT_ONCE) {
            Said ofGood = python(good.subList(i, i + FILES_AT_ONCE));
            assertThat(ofGood.lines()).hasSize(FILES_AT_ONCE + 1).allMatch(line -> line.startsWith("OK "));
            assertThat(ofGood.exitCode()).isZero();
            Said ofAltered = python(altered.subList(i, i + FILES_AT_ONCE));
            assertThat(ofAltered.lines().subList(0, FILES_AT_ONCE)).allMatch(line -> line.startsWith("BAD "));
            assertThat(ofAltered.exitCode()).isOne();
        }
    }

    @Test
    void itSaysWhatAProofShows() throws Exception {
        Month month = Month.first(12, new Random(1));
        CallProof in = month.proof(month.calls.getFirst());
        CallProof out = month.proof(Month.anyCall(new Random(2)));

        Said said = python(List.of(write("in", month.file(in)), write("out", month.file(out))));

        assertThat(said.lines().get(0))
                .endsWith("all " + in.lines().size() + " lines of call " + in.call()
                        + " in statement acme-2026-10-1 of acme for 2026-10");
        assertThat(said.lines().get(1)).contains(": no line of call " + out.call() + " in statement");
    }

    @Test
    void aChainHoldsInAnyOrderAndNotWithAGapAForkOrAnotherCarrier() throws Exception {
        Random random = new Random(3);
        Month october = Month.first(3, random);
        Month november = october.next(2, random);
        Month december = november.next(0, random);
        Month fork = october.next(5, random);
        SealedStatement stranger = Month.seal(
                "zenith", 2, october.statement.digest(), 0, Month.first(0, random).tree.root());
        String first = write("1", october.statement.json());
        String second = write("2", november.statement.json());
        String third = write("3", december.statement.json());

        assertThat(python(List.of(third, first, second)).exitCode()).isZero();
        assertThat(python(List.of(first, third)).lines().getLast()).startsWith("BAD  chain");
        assertThat(python(List.of(first, first)).lines().getLast()).startsWith("BAD  chain");
        assertThat(python(List.of(first, write("fork", fork.statement.json()), third))
                        .lines()
                        .getLast())
                .startsWith("BAD  chain");
        assertThat(python(List.of(first, write("stranger", stranger.json()))).lines().getLast())
                .startsWith("BAD  chain");
    }

    @Test
    void anotherKeyAndASecondFormOfASignatureAreRefused() throws Exception {
        Month month = Month.first(3, new Random(4));
        byte[] json = month.statement.json();
        Files.writeString(directory.resolve("key.pem"), Month.pem(Month.keys()));
        assertThat(python(List.of(write("other-key", json))).lines().getFirst())
                .startsWith("BAD ")
                .contains("signature");

        Files.writeString(directory.resolve("key.pem"), Month.pem(Month.KEYS));
        byte[] second = secondForm(month.statement);
        assertThat(python(List.of(write("first-form", json))).exitCode()).isZero();
        assertThat(python(List.of(write("second-form", second))).lines().getFirst())
                .startsWith("BAD ")
                .contains("signature");
        assertThat(Month.check().check(second)).isInstanceOf(Finding.Bad.class);
    }

    @Test
    void withoutAKeyItDoesNotPretend() throws Exception {
        Process process = new ProcessBuilder("python3", PROGRAM.toString(), "file")
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();

        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void itHasAtMostAHundredAndFiftyLinesAndNeedsNothingButPython() throws IOException {
        List<String> lines = Files.readAllLines(PROGRAM);

        assertThat(lines).hasSizeLessThanOrEqualTo(MOST_LINES);
        assertThat(lines.stream().filter(line -> line.startsWith("import ") || line.startsWith("from ")))
                .containsExactly("import argparse, base64, hashlib, json, re, sys");
    }

    /** S and S plus the group's order satisfy the same equation; only the lower is a signature. */
    private static byte[] secondForm(SealedStatement statement) {
        byte[] signature = statement.signed().signature();
        byte[] reversed = new byte[32];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = signature[signature.length - 1 - i];
        }
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] s = new BigInteger(1, reversed).add(order).toByteArray();
        byte[] other = signature.clone();
        for (int i = 0; i < reversed.length; i++) {
            other[32 + i] = i < s.length ? s[s.length - 1 - i] : 0;
        }
        assertThat(HexFormat.of().formatHex(other)).isNotEqualTo(HexFormat.of().formatHex(signature));
        return StatementSeal.signed(
                statement.signed().unsigned(), statement.signed().keyId(), other);
    }

    private String write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name + ".json"), content).toString();
    }

    private Said python(List<String> files) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "python3", PROGRAM.toString(), "--key", directory.resolve("key.pem").toString()));
        command.addAll(files);
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Said(process.waitFor(), Files.readAllLines(output, StandardCharsets.UTF_8));
    }
}
