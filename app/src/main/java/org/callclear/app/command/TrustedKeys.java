package org.callclear.app.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.callclear.app.keys.KeyLife;
import org.callclear.app.keys.KeyUse;
import org.callclear.app.keys.ListedKey;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.evidence.EvidenceCheck;
import org.callclear.settlement.evidence.EvidenceException;
import org.callclear.settlement.evidence.SealedStatement;
import org.callclear.settlement.evidence.StatementKey;

/** Which keys evidence is checked with. */
final class TrustedKeys {
    private TrustedKeys() {}

    /** Those in files, whatever their ids are. */
    static EvidenceCheck of(List<Path> files) {
        return EvidenceCheck.with(files.stream().map(TrustedKeys::key).toList());
    }

    /** The one in a file. */
    static StatementKey key(Path file) {
        try {
            return StatementKey.ofPem(Files.readString(file));
        } catch (EvidenceException e) {
            throw CommandException.misused("--key " + file + ": " + e.getMessage());
        } catch (IOException e) {
            throw CommandException.misused("--key " + file + ": cannot be read: " + Failures.why(e));
        }
    }

    /** Those on statement-keys, each for the statements that name it. One that is revoked is not believed any more. */
    static EvidenceCheck published(KafkaAccess access, Clock clock) {
        Map<String, TokenKey> published = new HashMap<>();
        for (ListedKey listed : new KeyLife(access, KeyUse.STATEMENTS, clock).list()) {
            published.put(listed.key().getKeyId(), listed.key());
        }
        return new EvidenceCheck(statement -> refusal(statement, published));
    }

    private static Optional<String> refusal(SealedStatement statement, Map<String, TokenKey> published) {
        String keyId = statement.signed().keyId();
        String place = "signature: key '" + PartyName.shown(keyId) + "' ";
        TokenKey key = published.get(keyId);
        if (key == null) {
            return Optional.of(place + "is not on statement-keys");
        }
        if (key.getRevokedAt() != null) {
            return Optional.of(place + "is revoked since " + key.getRevokedAt() + ": " + KeysJson.reason(key));
        }
        ByteBuffer der = key.getPublicKey().duplicate();
        byte[] bytes = new byte[der.remaining()];
        der.get(bytes);
        try {
            return StatementKey.ofDer(bytes).signed(statement)
                    ? Optional.empty()
                    : Optional.of(place + "did not make it");
        } catch (EvidenceException e) {
            return Optional.of(place + "is " + e.getMessage());
        }
    }
}
