package org.callclear.app.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.app.logview.Numbers;
import org.callclear.app.logview.RecordJson;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.settlement.period.Period;
import org.jspecify.annotations.Nullable;

/**
 * Shows the records of an archive, decoded, a line of JSON each, as {@code topics tail} shows those of a topic: no secret, and
 * no number in clear unless it is asked for. A number whose key was destroyed is shown as {@code erased}.
 */
public final class ArchiveShow {
    private final Path directory;
    private final @Nullable NumberKeys keys;
    private final RecordJson json;

    /**
     * @param keys to put numbers back; null to show their ciphertext
     * @param masked whether of a number only its first digits are shown, in what people wrote too; always without keys
     */
    public ArchiveShow(Path directory, @Nullable NumberKeys keys, boolean masked) {
        this.directory = directory;
        this.keys = keys;
        Numbers numbers = masked || keys == null ? Numbers.MASKED : Numbers.SHOWN;
        this.json = new RecordJson(
                numbers,
                number -> isHidden(number, keys) ? number : numbers.show(number),
                bytes -> new Reading.Unreadable("hidden"));
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
        try (ShareReader reader = new ShareReader(archive.path(), share, KeptReader.Form.OURS)) {
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

    private ObjectNode line(Kept record, Manifest.Share share) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("topic", share.topic());
        line.put("partition", share.partition());
        line.put("offset", record.offset());
        line.put("timestamp", record.timestamp());
        if (!(record.value() instanceof SpecificRecord value)) {
            line.put("key", text(record.key()));
            headers(record, line);
            // Encrypted, and it stays so: nobody knows where in it a number stands.
            line.put("unread", text(record.unread()));
            return line;
        }
        line.put("key", json.key(text(record.key())));
        headers(record, line);
        NumberKeys with = keys;
        if (with != null) {
            HiddenNumbers.reveal(value, record.timestamp(), with);
        }
        line.put("type", value.getSchema().getName());
        line.set("value", json.of(value));
        return line;
    }

    /** They are archived in clear, and anybody may have written them. */
    private void headers(Kept record, ObjectNode line) {
        for (Kept.Header header : record.headers()) {
            line.withArray("headers")
                    .addObject()
                    .put("name", json.key(header.name()))
                    .put("value", json.key(text(header.value())));
        }
    }

    /** Without keys a number is its ciphertext, which may be seen; with them nothing else than the word for a lost one. */
    private static boolean isHidden(String number, @Nullable NumberKeys keys) {
        return keys == null ? HiddenNumbers.isSealed(number) : number.equals(HiddenNumbers.ERASED);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
