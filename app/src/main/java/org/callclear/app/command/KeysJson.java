package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.callclear.app.keys.ListedKey;
import org.callclear.app.logview.Numbers;
import org.callclear.schemas.avro.TokenKey;

/** Token keys as JSON; the public half is on token-keys for whoever needs it. */
final class KeysJson {
    private KeysJson() {}

    static ObjectNode of(TokenKey key) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("keyId", key.getKeyId());
        node.put("algorithm", key.getAlgorithm());
        node.put("notBefore", key.getNotBefore().toString());
        node.put("notAfter", key.getNotAfter().toString());
        node.put(
                "revokedAt",
                key.getRevokedAt() == null ? null : key.getRevokedAt().toString());
        node.put("revokedReason", reason(key));
        return node;
    }

    /** Why it was revoked, as people wrote it, but for numbers. */
    static String reason(TokenKey key) {
        return Numbers.MASKED.showText(key.getRevokedReason());
    }

    static ObjectNode of(ListedKey listed) {
        ObjectNode node = of(listed.key());
        node.put("state", listed.state().name());
        listed.signsFor().forEach(node.putArray("signsFor")::add);
        listed.believedBy().forEach(node.putArray("believedBy")::add);
        return node;
    }
}
