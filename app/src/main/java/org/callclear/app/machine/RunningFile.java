package org.callclear.app.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningUse;
import org.callclear.tokens.secrets.OwnerOnly;

/** {@code DATA/running.json}: how commands reach what runs in a data directory. It names files with keys, and holds none. */
public final class RunningFile {
    private static final String NAME = "running.json";
    /** Where the page of metrics is. */
    static final String METRICS = "metrics";

    private static final Pattern PORT = Pattern.compile(":([0-9]{1,5})(?:/|$)");
    private static final String SETUP = "setup";
    private static final String TOKEN_KEYS = "tokenKey";
    private static final String STATEMENT_KEYS = "statementKey";
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunningFile() {}

    /** Writes it; what a machine says of itself, the identities of the administration and of set-up, and the keys' files. */
    static void write(
            Path data,
            ObjectNode endpoints,
            KafkaAccess administration,
            KafkaAccess setup,
            SigningKeySource.File tokenKeys,
            SigningKeySource.File statementKeys) {
        ObjectNode file = endpoints.deepCopy();
        put(file, TOKEN_KEYS, tokenKeys);
        put(file, STATEMENT_KEYS, statementKeys);
        if (administration.tls() != null) {
            file.put("trusted", administration.tls().trusted().toString());
            file.put("identity", administration.tls().identity().toString());
        }
        if (setup.tls() != null) {
            file.put(SETUP, setup.tls().identity().toString());
        }
        try {
            OwnerOnly.replace(
                    data.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(file));
        } catch (IOException e) {
            throw new MachineException(data.resolve(NAME) + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * The way in of the administration.
     *
     * @throws MachineException when nothing has ever run there
     */
    public static KafkaAccess administration(Path data) {
        return access(data, "identity");
    }

    /**
     * The way in of the one that makes topics, rules and quotas.
     *
     * @throws MachineException when nothing has ever run there, or only a version that had no such identity
     */
    public static KafkaAccess setup(Path data) {
        return access(data, SETUP);
    }

    private static KafkaAccess access(Path data, String identity) {
        Path file = data.resolve(NAME);
        JsonNode json = read(file);
        if (json.path(identity).asText().isEmpty()) {
            throw new MachineException(file + ": " + identity + ": is missing; start `callclear up --data " + data
                    + "` again, which writes it");
        }
        try {
            return new KafkaAccess(
                    json.path("kafka").asText(),
                    json.path("registry").asText(),
                    new KafkaAccess.Tls(
                            Path.of(json.path("trusted").asText()),
                            Path.of(json.path(identity).asText())));
        } catch (IllegalArgumentException e) {
            throw new MachineException(file + ": damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Where the keys are that sign tokens.
     *
     * @throws MachineException when nothing of this version has ever run there
     */
    public static SigningKeySource.File tokenKeys(Path data) {
        return keys(data, TOKEN_KEYS, SigningUse.TOKENS);
    }

    /**
     * Where the keys are that sign statements.
     *
     * @throws MachineException when nothing of this version has ever run there
     */
    public static SigningKeySource.File statementKeys(Path data) {
        return keys(data, STATEMENT_KEYS, SigningUse.STATEMENTS);
    }

    private static void put(ObjectNode file, String kind, SigningKeySource.File keys) {
        file.put(kind + "Store", keys.pkcs12().toString());
        file.put(kind + "PasswordFile", keys.passwordFile().toString());
    }

    private static SigningKeySource.File keys(Path data, String kind, SigningUse use) {
        JsonNode json = read(data.resolve(NAME));
        if (!json.hasNonNull(kind + "Store") || !json.hasNonNull(kind + "PasswordFile")) {
            throw new MachineException(data.resolve(NAME) + ": does not say where the keys are that sign "
                    + use.signed() + "; start `callclear up --data " + data + "` anew");
        }
        return new SigningKeySource.File(
                Path.of(json.get(kind + "Store").asText()),
                Path.of(json.get(kind + "PasswordFile").asText()),
                use);
    }

    /**
     * The port of a carrier's proxy when the machine ran last.
     *
     * @param endpoint {@code sip}, or {@code sips} for TLS
     */
    static OptionalInt lastPort(Path data, String endpoint, String carrier) {
        if (!Files.exists(data.resolve(NAME))) {
            return OptionalInt.empty();
        }
        return port(read(data.resolve(NAME)).path(endpoint).path(carrier).asText());
    }

    /** The port of the page of metrics when the machine ran last. */
    static OptionalInt lastMetricsPort(Path data) {
        return Files.exists(data.resolve(NAME))
                ? port(read(data.resolve(NAME)).path(METRICS).asText())
                : OptionalInt.empty();
    }

    private static OptionalInt port(String address) {
        Matcher port = PORT.matcher(address);
        return port.find() ? OptionalInt.of(Integer.parseInt(port.group(1))) : OptionalInt.empty();
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new MachineException(
                    file + ": not there; is `callclear up --data " + file.getParent() + "` running?", e);
        } catch (JsonProcessingException e) {
            throw new MachineException(file + ": damaged: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MachineException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
