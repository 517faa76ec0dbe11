package org.callclear.settlement.statement;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Reads what {@link CanonicalJson} writes, and nothing else: what one meaning has, has one form. */
public final class CanonicalReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, Object>> OBJECT = new TypeReference<>() {};

    private CanonicalReader() {}

    /**
     * The members of an object.
     *
     * @return values as {@link CanonicalJson#bytes} takes them
     * @throws IllegalArgumentException when the bytes are not the canonical JSON of an object
     */
    public static Map<String, Object> object(byte[] json) {
        Map<String, Object> members;
        try {
            members = JSON.readValue(json, OBJECT);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage().replaceAll("[^ -~]", "?"), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        if (members == null || !Arrays.equals(CanonicalJson.bytes(members), json)) {
            throw new IllegalArgumentException("not canonical JSON (RFC 8785) of an object");
        }
        return members;
    }
}
