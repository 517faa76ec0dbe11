package org.callclear.app.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.callclear.schemas.call.PartyName;
import org.jspecify.annotations.Nullable;

/** The fields of an audit file. Each must be there; what is wrong is noted, and a stand-in returned. */
final class AuditFields {
    private final Path path;
    private final JsonNode object;
    private final Set<String> asked = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    AuditFields(Path path, JsonNode object) {
        this.path = path;
        this.object = object;
        if (!object.isObject()) {
            faults.add(path + ": must hold one JSON object");
        }
    }

    List<String> faults() {
        return faults;
    }

    void fault(String field, String why) {
        String value = object.path(field).isMissingNode()
                ? ""
                : " '" + PartyName.shown(object.path(field).asText()) + "'";
        faults.add(path + ": " + field + value + ": " + why);
    }

    AuditFields object(String field) {
        asked.add(field);
        return new AuditFields(path, object.path(field));
    }

    String text(String field) {
        JsonNode value = value(field);
        if (!value.isTextual()) {
            fault(field, "must be a text");
        }
        return value.asText();
    }

    /** Not negative. */
    BigInteger integer(String field) {
        JsonNode value = value(field);
        if (!value.isIntegralNumber()) {
            fault(field, "must be a whole number");
            return BigInteger.ONE; // a number such as 1e999 has no whole value at all
        }
        return value.bigIntegerValue();
    }

    long count(String field) {
        BigInteger count = integer(field);
        if (count.signum() < 0 || count.bitLength() >= Long.SIZE) {
            fault(field, "must be from 0 to " + Long.MAX_VALUE);
            return 1;
        }
        return count.longValueExact();
    }

    @Nullable
    Instant instantOrNull(String field) {
        JsonNode value = value(field);
        if (value.isNull()) {
            return null;
        }
        Instant instant = UtcTime.parse(value.asText());
        if (instant == null) {
            fault(field, "must be null or a time in UTC such as 2026-11-23T12:00:00.000Z");
        }
        return instant;
    }

    /** Whatever was not asked for does not belong here. */
    void end() {
        object.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                faults.add(path + ": " + PartyName.shown(name) + ": no such field");
            }
        });
    }

    private JsonNode value(String field) {
        asked.add(field);
        return object.path(field);
    }
}
