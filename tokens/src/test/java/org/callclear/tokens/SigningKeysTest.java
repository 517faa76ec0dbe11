package org.callclear.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.callclear.tokens.Samples.KEY_FROM;
import static org.callclear.tokens.Samples.KEY_TO;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.callclear.tokens.secrets.PasswordFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeysTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path directory;

    private Path file = Path.of("");
    private Path password = Path.of("");

    @BeforeEach
    void create() {
        file = directory.resolve("keys.p12");
        password = directory.resolve("keys.password");
        SigningKeys.create(file, password, KEY_FROM, KEY_TO, random);
    }

    @Test
    void ofManyRotationsAtOnceNoneIsLost() throws Exception {
        int rotations = 8;
        SigningKeys before = SigningKeys.open(file, password);
        CyclicBarrier together = new CyclicBarrier(rotations);
        List<Callable<SigningKeys>> tasks = new ArrayList<>();
        for (int i = 0; i < rotations; i++) {
            tasks.add(() -> {
                together.await();
                return before.add(KEY_FROM, KEY_TO, random);
            });
        }
        List<String> made = new ArrayList<>(before.keyIds());
        try (ExecutorService threads = Executors.newFixedThreadPool(rotations)) {
            for (Future<SigningKeys> done : threads.invokeAll(tasks)) {
                made.addAll(done.get().keyIds());
            }
        }

        assertThat(SigningKeys.open(file, password).keyIds())
                .hasSize(1 + rotations)
                .containsAll(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx--x---"})
    void keysOthersHaveAnyRightToAreNotOpened(String rights) throws IOException {
        for (Path loose : List.of(file, password)) {
            Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString(rights));
            assertThatThrownBy(() -> SigningKeys.open(file, password))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(loose.toString());
            Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void aFileThatWasMadeForOneUseIsRefusedForTheOther() {
        SigningKeySource.File statements = new SigningKeySource.File(
                directory.resolve("statements.p12"), directory.resolve("statements.password"), SigningUse.STATEMENTS);
        SigningKeys.create(statements, KEY_FROM, KEY_TO, random);

        assertThat(SigningKeys.open(statements).add(KEY_FROM, KEY_TO, random).keyIds())
                .hasSize(2)
                .isEqualTo(SigningKeys.open(statements).keyIds());
        assertThatThrownBy(() -> SigningKeys.open(statements.pkcs12(), statements.passwordFile()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll(statements.pkcs12().toString(), "statements, not tokens");
        assertThatThrownBy(() -> SigningKeys.open(new SigningKeySource.File(file, password, SigningUse.STATEMENTS)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll(file.toString(), "tokens, not statements");
    }

    @Test
    void theFilesAreForTheirOwnerOnlyAfterARotationToo() throws IOException {
        SigningKeys.open(file, password).add(KEY_FROM, KEY_TO, random);

        try (var files = Files.list(directory)) {
            assertThat(files.toList())
                    .hasSize(3)
                    .allSatisfy(one -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void thePasswordIsWipedAfterUse() throws IOException {
        List<char[]> lent = new ArrayList<>();

        int length = PasswordFile.lend(password, secret -> {
            lent.add(secret);
            assertThat(secret).doesNotContain('\0');
            return secret.length;
        });
        assertThatThrownBy(() -> PasswordFile.lend(password, secret -> {
                    lent.add(secret);
                    throw new IOException("the use failed");
                }))
                .isInstanceOf(IOException.class);

        assertThat(lent)
                .hasSize(2)
                .allSatisfy(secret -> assertThat(secret).hasSize(length).containsOnly('\0'));
    }

    @Test
    void noErrorHoldsAPasswordOrAKey() throws IOException {
        String right = Files.readString(password).strip();
        String wrong = "wrong-password-17";
        List<Throwable> errors = new ArrayList<>();

        Files.writeString(password, wrong);
        errors.add(catchThrowable(() -> SigningKeys.open(file, password)));
        errors.add(catchThrowable(() -> SigningKeys.create(file, password, KEY_FROM, KEY_TO, random)));
        Files.writeString(password, right);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        errors.add(catchThrowable(() -> SigningKeys.open(file, password)));
        Files.write(file, new byte[0]);
        errors.add(catchThrowable(() -> SigningKeys.open(file, password)));

        assertThat(errors)
                .hasSize(4)
                .doesNotContainNull()
                .allSatisfy(error ->
                        assertThat(wholeText(error)).doesNotContain(right).doesNotContain(wrong));
    }

    @Test
    void noTextOfAKeyOrWhatHoldsItHoldsItsSecret() {
        SigningKeys keys = SigningKeys.open(file, password);
        SigningKey key = keys.require(keys.keyIds().getFirst());
        byte[] secret = ((Ed25519Signer) key.signer()).key().getEncoded();

        List<Object> holders = List.of(
                keys,
                key,
                key.signer(),
                ((Ed25519Signer) key.signer()).key(),
                new KeyStoreFile(file, password, SigningUse.TOKENS),
                new SigningKeySource.File(file, password),
                new TokenIssuer(keys),
                new SigningKeySource.Pkcs11(file, password, "token"));

        assertThat(holders)
                .allSatisfy(holder -> assertThat(holder.toString())
                        .doesNotContainIgnoringCase(
                                HexFormat.of().formatHex(secret).substring(0, 16))
                        .doesNotContain(
                                Base64.getEncoder().encodeToString(secret).substring(0, 12))
                        .doesNotContain(java.util.Arrays.toString(secret).substring(1, 12)));
        String unknown = String.valueOf(catchThrowable(() -> keys.require("not-there")));
        assertThat(unknown).contains("not-there", file.toString());
    }

    @Test
    void aChangeOfContentOrRightsOrPasswordShowsInTheStamp() throws IOException {
        SigningKeySource.Reader reader = new SigningKeySource.File(file, password).reader();
        List<String> stamps = new ArrayList<>(List.of(reader.stamp()));
        assertThat(reader.stamp()).isEqualTo(stamps.getFirst());

        SigningKeys.open(file, password).add(KEY_FROM, KEY_TO, random);
        stamps.add(reader.stamp());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        stamps.add(reader.stamp());
        Files.writeString(password, Files.readString(password, StandardCharsets.UTF_8) + "\n");
        stamps.add(reader.stamp());
        Files.delete(file);
        stamps.add(reader.stamp());

        assertThat(stamps).doesNotHaveDuplicates();
    }

    private static String wholeText(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
