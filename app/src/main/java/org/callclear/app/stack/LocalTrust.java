package org.callclear.app.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;

/** Interim: identities made by the openssl command, until the tokens module's authority has landed. */
final class LocalTrust {
    private final Path folder;

    private LocalTrust(Path folder) {
        this.folder = folder;
    }

    static LocalTrust in(DataDirectory data) {
        LocalTrust trust = new LocalTrust(data.resolve("pki"));
        try {
            Files.createDirectories(trust.folder);
            if (!Files.exists(trust.ca())) {
                trust.run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=ca"
                        + " -keyout ca.key -out ca.pem");
            }
        } catch (IOException e) {
            throw new StackException(trust.folder + ": " + e.getMessage(), e);
        }
        return trust;
    }

    private Path ca() {
        return folder.resolve("ca.pem");
    }

    KafkaAccess.Tls broker() {
        return issue(BrokerSettings.BROKER);
    }

    KafkaAccess.Tls of(Party party) {
        return issue(party.commonName());
    }

    private synchronized KafkaAccess.Tls issue(String name) {
        Path pem = folder.resolve(name + ".pem");
        if (!Files.exists(pem)) {
            run("openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name + " -keyout " + name
                    + ".key -out " + name + ".csr && printf 'subjectAltName=DNS:localhost,IP:127.0.0.1' > ext && "
                    + "openssl x509 -req -in " + name + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650"
                    + " -extfile ext -out " + name + ".crt && cat " + name + ".key " + name + ".crt > " + name
                    + ".pem");
        }
        return new KafkaAccess.Tls(ca(), pem);
    }

    private void run(String command) {
        try {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new StackException(folder + ": " + said);
            }
        } catch (IOException e) {
            throw new StackException(folder + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException(folder + ": interrupted", e);
        }
    }

    Path tokenKeyStore() {
        return folder.resolveSibling("keys").resolve("token-keys.p12");
    }

    Path tokenKeyPasswordFile() {
        return folder.resolveSibling("keys").resolve("token-keys.password");
    }
}
