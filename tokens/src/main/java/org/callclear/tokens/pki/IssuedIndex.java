package org.callclear.tokens.pki;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.callclear.tokens.pki.Issued.Revocation;
import org.callclear.tokens.secrets.OwnerOnly;

/**
 * What an authority has issued and revoked: a file of its owner alone that lines are only added to. A line counts once
 * its end is there; what a crash left of a last line is dropped, for nothing was handed out on its account. The caller
 * sees to it that one writes at a time.
 */
final class IssuedIndex {
    private static final String ISSUED = "issued";
    private static final String REVOKED = "revoked";
    private static final String COMPROMISED = "compromised";
    private static final String NONE = "-";
    /** Earlier releases did not write the last one, which is the key. */
    private static final int ISSUED_FIELDS = 8;

    private static final int KEY = 8;
    private static final int REVOKED_FIELDS = 4;
    private static final int COMPROMISED_FIELDS = 2;

    private final Path file;

    IssuedIndex(Path file) {
        this.file = file;
    }

    /** Every certificate by its serial, in the order of issue. */
    Map<String, Issued> read() throws IOException {
        String text = new String(OwnerOnly.read(file), StandardCharsets.US_ASCII);
        Map<String, Issued> issued = new LinkedHashMap<>();
        int number = 0;
        for (String line : whole(text).lines().toList()) {
            number++;
            try {
                apply(line.split(" ", -1), issued);
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new IOException(file + ": line " + number + ": " + e.getMessage(), e);
            }
        }
        return issued;
    }

    /** The part that ends in a line end. */
    private static String whole(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }

    private static void apply(String[] fields, Map<String, Issued> issued) {
        if (fields[0].equals(ISSUED) && (fields.length == ISSUED_FIELDS || fields.length == ISSUED_FIELDS + 1)) {
            List<String> hosts = fields[4].equals(NONE) ? List.of() : List.of(fields[4].split(","));
            Subject subject = new Subject(fields[2], fields[3].equals(NONE) ? "" : fields[3], hosts);
            issued.put(
                    fields[1],
                    new Issued(
                            fields[1],
                            subject,
                            Instant.parse(fields[5]),
                            Instant.parse(fields[6]),
                            fields[7],
                            fields.length > KEY ? fields[KEY] : "",
                            null));
        } else if (fields[0].equals(REVOKED) && fields.length == REVOKED_FIELDS) {
            Issued known = issued.get(fields[1]);
            if (known == null) {
                throw new IllegalArgumentException("serial '" + fields[1] + "' is revoked but was never issued");
            }
            Revocation revocation = new Revocation(RevocationReason.parse(fields[2]), Instant.parse(fields[3]));
            issued.put(fields[1], known.revoked(revocation));
        } else if (!isCompromised(fields)) {
            throw new IllegalArgumentException("neither an issued nor a revoked certificate, nor a compromised key");
        }
    }

    private static boolean isCompromised(String[] fields) {
        return fields[0].equals(COMPROMISED) && fields.length == COMPROMISED_FIELDS;
    }

    /** The keys that are never certified again, as {@link Issued#key} has them. */
    Set<String> compromised() throws IOException {
        return whole(new String(OwnerOnly.read(file), StandardCharsets.US_ASCII))
                .lines()
                .map(line -> line.split(" ", -1))
                .filter(IssuedIndex::isCompromised)
                .map(fields -> fields[1])
                .collect(Collectors.toSet());
    }

    /** Remembers keys that are never to be certified again. */
    void compromised(Collection<String> keys) throws IOException {
        append(keys.stream().map(key -> COMPROMISED + " " + key).toList());
    }

    /** Remembers a certificate, before it is handed out. */
    void issued(Issued one) throws IOException {
        Subject subject = one.subject();
        append(List.of(String.join(
                " ",
                ISSUED,
                one.serial(),
                subject.commonName(),
                subject.person().isEmpty() ? NONE : subject.person(),
                subject.hosts().isEmpty() ? NONE : String.join(",", subject.hosts()),
                one.notBefore().toString(),
                one.notAfter().toString(),
                one.fingerprint(),
                one.key())));
    }

    /** Remembers the end of certificates. */
    void revoked(List<Issued> ended, Revocation revocation) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Issued one : ended) {
            lines.add(String.join(
                    " ",
                    REVOKED,
                    one.serial(),
                    revocation.reason().word(),
                    revocation.at().toString()));
        }
        append(lines);
    }

    private void append(List<String> lines) throws IOException {
        int end = whole(new String(OwnerOnly.read(file), StandardCharsets.US_ASCII))
                .length();
        ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
            channel.position(end);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
