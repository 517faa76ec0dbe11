package org.callclear.app.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericData;
import org.callclear.schemas.call.E164Number;
import org.callclear.settlement.period.Period;
import org.jspecify.annotations.Nullable;

/** Shows the records of an archive, decoded, a line of JSON each; a number whose key was destroyed as {@code erased}. */
public final class ArchiveShow {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final @Nullable NumberKeys keys;
    private final boolean masked;

    /**
     * @param keys to put numbers back; null to show their ciphertext
     * @param masked whether of a number only its first digits are shown
     */
    public ArchiveShow(Path directory, @Nullable NumberKeys keys, boolean masked) {
        this.directory = directory;
        this.keys = keys;
        this.masked = masked;
    }

    /**
     * Shows.
     *
     * @param topic only this one; empty for all
     * @param text only records whose key or value has it in them; empty for all
     * @throws ArchiveException when the archive cannot be read
     */
    public void period(Period period, String topic, String text, Consumer<JsonNode> out) {
        ArchiveDirectory.Archive archive = new ArchiveDirectory(directory).archive(period);
        if (keys != null) {
            KeyFiles.require(archive.path().toString(), archive.manifest(), keys);
        }
        for (Manifest.Share share : archive.manifest().shares()) {
            if (topic.isEmpty() || share.topic().equals(topic)) {
                show(archive, share, text, out);
            }
        }
    }

    private void show(ArchiveDirectory.Archive archive, Manifest.Share share, String text, Consumer<JsonNode> out) {
        try (ShareReader reader = new ShareReader(archive.path(), share, KeptReader.Form.WRITTEN)) {
            for (Kept record = reader.next(); record != null; record = reader.next()) {
                ObjectNode line = line(record, share);
                if (text.isEmpty() || line.toString().contains(text)) {
                    out.accept(line);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveException(archive.path() + ": " + e.getMessage(), e);
        }
    }

    private ObjectNode line(Kept record, Manifest.Share share) throws IOException {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("topic", share.topic());
        line.put("partition", share.partition());
        line.put("offset", record.offset());
        line.put("timestamp", record.timestamp());
        line.put("key", text(record.key()));
        record.headers()
                .forEach(header -> line.withArray("headers")
                        .addObject()
                        .put("name", header.name())
                        .put("value", text(header.value())));
        if (record.value() == null) {
            // Nobody knows where in it a number stands.
            line.put("unread", text(record.unread()));
            return line;
        }
        NumberKeys with = keys;
        if (with != null) {
            HiddenNumbers.reveal(record.value(), record.timestamp(), with);
            if (masked) {
                HiddenNumbers.replace(record.value(), ArchiveShow::mask);
            }
        }
        line.put("type", record.value().getSchema().getName());
        line.set("value", JSON.readTree(GenericData.get().toString(record.value())));
        return line;
    }

    private static String mask(String number) {
        return number.equals(HiddenNumbers.ERASED) ? number : E164Number.mask(number);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
