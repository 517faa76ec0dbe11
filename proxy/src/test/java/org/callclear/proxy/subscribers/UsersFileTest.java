package org.callclear.proxy.subscribers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.callclear.proxy.subscribers.UsersFile.Fault;
import org.callclear.proxy.subscribers.UsersFile.Reading;
import org.callclear.schemas.call.E164Number;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersFileTest {
    private static final String HEADER = "username,password,number\n";
    private static final E164Number NUMBER = new E164Number("15550100001");

    @TempDir
    private Path directory = Path.of("unset");

    private Path file = Path.of("unset");

    @BeforeEach
    void name() {
        file = directory.resolve("users.csv");
    }

    @Test
    void aGoodFileGivesPasswordsAndNumbers() throws IOException {
        Subscribers subscribers = read(HEADER + "alice,\"a,\"\"b\",15550100001\r\nbob,secret,\n");

        assertThat(subscribers.password("alice")).contains("a,\"b");
        assertThat(subscribers.password("bob")).contains("secret");
        assertThat(subscribers.password("carol")).isEmpty();
        assertThat(subscribers.size()).isEqualTo(2);
    }

    @Test
    void theNumberInTheFileWinsOverWhatThePhoneSays() throws IOException {
        Subscribers subscribers = read(HEADER + "alice,secret,15550100001\nbob,secret,\n");

        assertThat(subscribers.callingNumber("alice", "+442079460001")).contains(NUMBER);
        assertThat(subscribers.callingNumber("bob", "+15550100001")).contains(NUMBER);
        assertThat(subscribers.callingNumber("bob", "anonymous")).isEmpty();
        assertThat(subscribers.callingNumber("carol", "+15550100001")).isEmpty();
        assertThat(subscribers.callingNumber(null, "+15550100001")).isEmpty();
    }

    @Test
    void everyBadLineIsReportedWithItsLineAndField() throws IOException {
        List<Fault> faults = faults(HEADER
                + "alice,secret,15550100001\n"
                + ",secret,\n"
                + "bob,,\n"
                + "carol,secret,+442079460001\n"
                + "dave,secret\n"
                + "erin,secret,,more\n"
                + "alice,other,\n"
                + "a:b,secret,02079460001\n");

        assertThat(faults)
                .extracting(fault -> fault.line() + " " + fault.field())
                .containsExactly(
                        "3 username", "4 password", "5 number", "6 ", "7 ", "8 username", "9 username", "9 number");
        assertThat(faults)
                .allSatisfy(fault -> assertThat(fault.toString())
                        .contains(file.toString())
                        .doesNotContain("secret")
                        .doesNotContain("442079460001"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "alice,secret,15550100001\n",
                "user,password,number\nalice,secret,\n",
                "username,password\nalice,secret\n",
                "username;password;number\n",
            })
    void aFileWithoutItsHeaderIsRefused(String text) throws IOException {
        assertThat(faults(text)).extracting(Fault::line).containsExactly(1L);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws IOException {
        Files.write(file, (HEADER + "ren\u00e9,secret,\n").getBytes(StandardCharsets.ISO_8859_1));
        rights("rw-------");

        assertThat(UsersFile.read(file)).isInstanceOf(Reading.Unusable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void aFileThatOthersMayTouchIsRefused(String rights) throws IOException {
        Files.writeString(file, HEADER + "alice,secret,\n");
        rights(rights);

        assertThat(UsersFile.read(file)).isInstanceOf(Reading.Unusable.class);
    }

    @Test
    void aMissingFileIsAFaultAndNoException() {
        assertThat(UsersFile.read(file)).isInstanceOf(Reading.Unusable.class);
    }

    private Subscribers read(String text) throws IOException {
        return switch (reading(text)) {
            case Reading.Read read -> read.subscribers();
            case Reading.Unusable unusable -> throw new AssertionError(unusable);
        };
    }

    private List<Fault> faults(String text) throws IOException {
        return switch (reading(text)) {
            case Reading.Read read -> throw new AssertionError("was read");
            case Reading.Unusable unusable -> unusable.faults();
        };
    }

    private Reading reading(String text) throws IOException {
        Files.writeString(file, text);
        rights("rw-------");
        return UsersFile.read(file);
    }

    private void rights(String rights) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }
}
