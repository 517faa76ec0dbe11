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
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.secrets.OwnerOnly;

/** {@code DATA/running.json}: how commands reach what runs in a data directory. It names files with keys, and holds none. */
public final class RunningFile {
    private static final String NAME = "running.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunningFile() {}

    /** Writes it; what a machine says of itself, the identity of the administration, and the files of the token keys. */
    static void write(Path data, ObjectNode endpoints, KafkaAccess administration, SigningKeySource.File tokenKeys) {
        ObjectNode file = endpoints.deepCopy();
        file.put("tokenKeyStore", tokenKeys.pkcs12().toString());
        file.put("tokenKeyPasswordFile", tokenKeys.passwordFile().toString());
        if (administration.tls() != null) {
            file.put("trusted", administration.tls().trusted().toString());
            file.put("identity", administration.tls().identity().toString());
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
        Path file = data.resolve(NAME);
        JsonNode json = read(file);
        try {
            return new KafkaAccess(
                    json.path("kafka").asText(),
                    json.path("registry").asText(),
                    new KafkaAccess.Tls(
                            Path.of(json.path("trusted").asText()),
                            Path.of(json.path("identity").asText())));
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
        JsonNode json = read(data.resolve(NAME));
        if (!json.hasNonNull("tokenKeyStore") || !json.hasNonNull("tokenKeyPasswordFile")) {
            throw new MachineException(data.resolve(NAME)
                    + ": does not say where the token keys are; start `callclear up" + " --data " + data + "` anew");
        }
        return new SigningKeySource.File(
                Path.of(json.get("tokenKeyStore").asText()),
                Path.of(json.get("tokenKeyPasswordFile").asText()));
    }

    /** The SIP port of a carrier's proxy when the machine ran last. */
    static OptionalInt lastSipPort(Path data, String carrier) {
        if (!Files.exists(data.resolve(NAME))) {
            return OptionalInt.empty();
        }
        String address = read(data.resolve(NAME)).path("sip").path(carrier).asText();
        int colon = address.lastIndexOf(':');
        return address.substring(colon + 1).matches("[0-9]{1,5}")
                ? OptionalInt.of(Integer.parseInt(address.substring(colon + 1)))
                : OptionalInt.empty();
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
