package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.callclear.tokens.pki.Issued;

/** Certificates as JSON. */
final class CertsJson {
    private CertsJson() {}

    static ObjectNode of(List<Issued> all, Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("certificates");
        all.forEach(one -> array.add(of(one, now)));
        return json;
    }

    static ObjectNode revoked(List<Issued> revoked, Path list, Instant now) {
        return of(revoked, now).put("list", list.toString());
    }

    static ObjectNode of(Issued issued, Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("serial", issued.serial());
        json.put("party", issued.subject().commonName());
        if (!issued.subject().person().isEmpty()) {
            json.put("person", issued.subject().person());
        }
        ArrayNode hosts = json.putArray("hosts");
        issued.subject().hosts().forEach(hosts::add);
        json.put("notBefore", issued.notBefore().toString());
        json.put("notAfter", issued.notAfter().toString());
        json.put("sha256", issued.fingerprint());
        json.put("state", issued.state(now).name());
        Issued.Revocation revocation = issued.revocation();
        if (revocation != null) {
            json.put("reason", revocation.reason().word());
            json.put("revokedAt", revocation.at().toString());
        }
        return json;
    }
}
