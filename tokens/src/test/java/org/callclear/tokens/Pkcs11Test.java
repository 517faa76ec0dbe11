package org.callclear.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.callclear.tokens.secrets.OwnerOnly;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in hardware, with SoftHSM in the place of it. */
class Pkcs11Test {
    @TempDir
    Path directory;

    @Test
    void keysThatNeverLeaveTheirHardwareSignTokens() throws Exception {
        Optional<Path> library =
                Pkcs11Trial.libraries().stream().filter(Files::exists).findFirst();
        if (library.isEmpty()) {
            System.err.println(
                    "SKIPPED: no SoftHSM here, so keys in hardware are NOT TESTED (apt-get install softhsm2)");
        }
        Assumptions.assumeTrue(library.isPresent(), "SoftHSM is not installed");
        Path tokens = Files.createDirectories(directory.resolve("tokens"));
        Path conf = Files.writeString(
                directory.resolve("softhsm2.conf"), "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
        Path config = Files.writeString(
                directory.resolve("pkcs11.cfg"),
                "name = SoftHSM\nlibrary = " + library.get() + "\nslotListIndex = 0\n");
        Path pin = directory.resolve("pin");
        OwnerOnly.replace(pin, "1234\n".getBytes(StandardCharsets.US_ASCII));

        run(
                conf,
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                "callclear",
                "--pin",
                "1234",
                "--so-pin",
                "5678");
        String said = run(
                conf,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Pkcs11Trial.class.getName(),
                config.toString(),
                pin.toString());

        assertThat(said).contains("PKCS#11 TRIAL PASSED");
    }

    private String run(Path conf, String... command) throws IOException, InterruptedException {
        Path said = Files.createTempFile(directory, "said", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("SOFTHSM2_CONF", conf.toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(command[0]).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(said);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
