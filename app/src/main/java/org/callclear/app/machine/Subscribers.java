package org.callclear.app.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.callclear.schemas.call.CarrierId;
import org.callclear.sip.call.Credentials;
import org.callclear.tokens.secrets.OwnerOnly;

/** The callers of a carrier's proxy: a file in the data directory, made with two callers when there is none. */
final class Subscribers {
    private static final List<String> SAMPLE = List.of("alice,%s,493055500100", "bob,%s,493055500200");
    private static final int PASSWORD_BYTES = 12;

    private Subscribers() {}

    static Path file(Path data, CarrierId carrier, SecureRandom random) {
        Path file = data.resolve("callers-" + carrier + ".csv");
        if (Files.exists(file)) {
            return file;
        }
        StringBuilder text = new StringBuilder("username,password,number\n");
        for (String line : SAMPLE) {
            byte[] password = new byte[PASSWORD_BYTES];
            random.nextBytes(password);
            text.append(line.formatted(HexFormat.of().formatHex(password))).append('\n');
        }
        try {
            OwnerOnly.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
            return file;
        } catch (IOException e) {
            throw new MachineException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** The first caller in the file. */
    static Credentials first(Path file) {
        try {
            String[] fields = Files.readAllLines(file).get(1).split(",", -1);
            return new Credentials(fields[0], fields[1]);
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new MachineException(file + ": no caller in it: " + e.getMessage(), e);
        }
    }
}
