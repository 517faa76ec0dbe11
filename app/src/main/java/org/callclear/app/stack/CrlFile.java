package org.callclear.app.stack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.InstantSource;
import java.util.Date;
import org.callclear.schemas.wire.FileMark;
import org.jspecify.annotations.Nullable;

/** The file with the list of revoked certificates (RFC 5280, 5), read again when it changes. Without a good one nobody is let in. */
final class CrlFile {
    private final Path file;
    private final InstantSource clock;
    private FileMark mark = FileMark.NONE;
    private @Nullable X509CRL list;
    private String fault = "not there";

    CrlFile(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** The list as it stands. Whether the authority signed it, whoever uses it checks. */
    synchronized X509CRL current() throws CertificateException {
        FileMark now = FileMark.of(file);
        if (!now.equals(mark) || list == null) {
            read();
            mark = now;
        }
        X509CRL found = list;
        if (found == null) {
            throw new CertificateException(file + ": " + fault + "; without it no certificate is good");
        }
        Date end = found.getNextUpdate();
        if (end == null || !clock.instant().isBefore(end.toInstant())) {
            throw new CertificateException(file + ": out of date since " + (end == null ? "ever" : end.toInstant())
                    + "; until there is a newer one no certificate is good");
        }
        return found;
    }

    private void read() {
        list = null;
        try (var bytes = new ByteArrayInputStream(Files.readAllBytes(file))) {
            if (CertificateFactory.getInstance("X.509").generateCRL(bytes) instanceof X509CRL found) {
                list = found;
            } else {
                fault = "not a list of revoked certificates";
            }
        } catch (IOException | GeneralSecurityException e) {
            fault = "not a list of revoked certificates that can be read (" + StackException.rootOf(e) + ")";
        }
    }

    /** Its path, for messages. */
    @Override
    public String toString() {
        return file.toString();
    }
}
