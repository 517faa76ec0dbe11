package org.callclear.app.exchange;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of a file says is in it; stands beside the file as {@code NAME.audit.json}.
 *
 * @param carrier whose records they are
 * @param sequence number of the file, from 1
 * @param file its name
 * @param sha256 of its bytes, lower-case hex
 * @param totals over all its rows
 */
record AuditFile(String carrier, long sequence, String file, String sha256, Totals totals) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final long LONGEST = 64 * 1024;

    /** Where the audit file of a file stands. */
    static Path beside(Path file) {
        return file.resolveSibling(String.valueOf(file.getFileName()).replaceFirst("(?i)\\.csv$", "") + ".audit.json");
    }

    /**
     * Reads one.
     *
     * @throws ExchangeException naming every field at fault
     */
    static AuditFile read(Path path) {
        AuditFields fields = new AuditFields(path, parse(path));
        AuditFields roles = fields.object("roles");
        Totals totals = new Totals(
                fields.count("records"),
                fields.instantOrNull("first"),
                fields.instantOrNull("last"),
                fields.count("answered"),
                fields.integer("talked_milliseconds"),
                roles.count("ORIGINATING"),
                roles.count("TERMINATING"));
        AuditFile audit = new AuditFile(
                fields.text("carrier"), fields.count("sequence"), fields.text("file"), fields.text("sha256"), totals);
        if (audit.sequence < 1) {
            fields.fault("sequence", "must be 1 or more");
        }
        roles.end();
        fields.end();
        List<String> faults = new ArrayList<>(fields.faults());
        faults.addAll(roles.faults());
        if (!faults.isEmpty()) {
            throw new ExchangeException(faults);
        }
        return audit;
    }

    private static JsonNode parse(Path path) {
        try {
            if (Files.size(path) > LONGEST) {
                throw new ExchangeException(path + ": is longer than " + LONGEST + " bytes, so it is no audit file");
            }
            return JSON.readTree(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new ExchangeException(path + ": there is no such file", e);
        } catch (JsonProcessingException e) {
            throw new ExchangeException(
                    path + ": is not JSON: " + e.getOriginalMessage().replaceAll("\\s*\\R\\s*", " "), e);
        } catch (IOException e) {
            throw new ExchangeException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Each figure in which the file differs from what is said here: {@code records: 10, found 9}. */
    List<String> differences(String ofCarrier, String name, byte[] digest, Totals found) {
        List<String> lines = new ArrayList<>();
        Totals.compare(lines, "carrier", carrier, ofCarrier);
        Totals.compare(lines, "file", file, name);
        Totals.compare(lines, "sha256", sha256, FileDigest.hex(digest));
        lines.addAll(totals.differences(found));
        return lines;
    }

    /** As it stands in a file. */
    byte[] json() throws JsonProcessingException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("carrier", carrier);
        json.put("sequence", sequence);
        json.put("file", file);
        json.put("sha256", sha256);
        json.put("records", totals.records());
        json.put("first", textOf(totals.first()));
        json.put("last", textOf(totals.last()));
        json.put("answered", totals.answered());
        json.put("talked_milliseconds", totals.talkedMillis());
        json.putObject("roles").put("ORIGINATING", totals.originating()).put("TERMINATING", totals.terminating());
        return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String textOf(@Nullable Instant instant) {
        return instant == null ? null : UtcTime.format(instant);
    }
}
