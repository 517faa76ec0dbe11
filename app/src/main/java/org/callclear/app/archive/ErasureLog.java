package org.callclear.app.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.callclear.settlement.proof.Hashes;
import org.callclear.settlement.statement.CanonicalJson;
import org.callclear.tokens.secrets.OwnerOnly;

/**
 * Erases keys, and keeps who did, when and why: beside the key file, a line of canonical JSON for each, chained by its
 * digest to the line before it. A line stands before its key is gone.
 */
public final class ErasureLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte NEW_LINE = '\n';

    private final Path keyFile;
    private final Consumer<String> warnings;
    private final Path file;
    private final Clock clock;

    /** @param warnings takes a line for whatever somebody should look into */
    public ErasureLog(Path keyFile, Clock clock, Consumer<String> warnings) {
        this.warnings = warnings;
        this.keyFile = keyFile;
        this.file = keyFile.resolveSibling(keyFile.getFileName() + ".erasures");
        this.clock = clock;
    }

    /**
     * An erasure, as it stands in the log.
     *
     * @param keyFile id of the key file that the keys were in
     */
    public record Erasure(String carrier, String month, String at, String by, String reason, String keyFile) {}

    /**
     * Destroys the keys of a carrier's calls of a month.
     *
     * @param carrier the originating carrier's id, or {@code -} for records that name none
     * @param by who asks
     * @param reason why
     * @throws ArchiveException when there is no such key, it was erased before, the month is not over, the log is that of
     *     another key file, or a file cannot be written
     */
    public Erasure erase(String carrier, YearMonth month, String by, String reason) {
        KeyName name = name(carrier, month);
        if (!month.isBefore(YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)))) {
            throw new ArchiveException("month '" + month + "': is not over; calls may still be archived with its key");
        }
        try (NumberKeys keys = NumberKeys.change(keyFile)) {
            cutTornLine();
            List<Erasure> before = entries();
            requireSameFile(before, keys);
            if (keys.alive(name).isEmpty()) {
                throw new ArchiveException("keys '" + keyFile + "': "
                        + (keys.isErased(name, 1)
                                ? "the key of " + name + " was erased before"
                                : "there is no key of " + name));
            }
            Erasure erasure = new Erasure(
                    carrier,
                    month.toString(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
                    by,
                    reason,
                    keys.id());
            append(erasure, before.size());
            keys.erase(name);
            return erasure;
        } catch (IOException e) {
            throw new ArchiveException(file + ": cannot be written: " + e, e);
        }
    }

    /**
     * Checks that keys of this file hide what is meant, before any is destroyed.
     *
     * @param archives a directory of archives
     * @throws ArchiveException when another key file hides the numbers in all of them; the message names both
     */
    public void requireHides(Path archives) {
        try (NumberKeys keys = NumberKeys.read(keyFile)) {
            for (ArchiveDirectory.Archive other : KeyFiles.hiddenByOthers(archives, keys)) {
                warnings.accept(other.path() + ": its numbers are hidden by the key file with id "
                        + other.manifest().keyFile() + "; they are not erased with " + keys + ", which has id "
                        + keys.id());
            }
        }
    }

    private void requireSameFile(List<Erasure> before, NumberKeys keys) {
        for (Erasure erasure : before) {
            if (!erasure.keyFile().equals(keys.id())) {
                throw new ArchiveException(file + ": has erasures from the key file with id " + erasure.keyFile()
                        + ", and " + keys + " has id " + keys.id());
            }
        }
    }

    private static KeyName name(String carrier, YearMonth month) {
        try {
            return new KeyName(carrier, month);
        } catch (IllegalArgumentException e) {
            throw new ArchiveException("carrier '" + carrier + "', month '" + month + "': " + e.getMessage(), e);
        }
    }

    private void append(Erasure erasure, int before) throws IOException {
        List<String> lines = content().lines();
        String previous = before == 0 ? "" : Hashes.hex(lines.getLast().getBytes(StandardCharsets.UTF_8));
        byte[] line = CanonicalJson.bytes(Map.of(
                "previous", previous,
                "carrier", erasure.carrier(),
                "month", erasure.month(),
                "at", erasure.at(),
                "by", erasure.by(),
                "reason", erasure.reason(),
                "key_file", erasure.keyFile()));
        OwnerOnly.createDurably(file);
        byte[] whole = Arrays.copyOf(line, line.length + 1);
        whole[line.length] = NEW_LINE;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer left = ByteBuffer.wrap(whole);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /** A line that a crash or a full disk cut off: no key was destroyed for it, for that comes after a whole line. */
    private void cutTornLine() throws IOException {
        Content content = content();
        if (content.torn() > 0) {
            warnings.accept(
                    file + ": " + content.torn()
                            + " bytes of a last line that is not whole are cut off; ask for its erasure again, it was not done");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(content.whole());
                channel.force(true);
            }
        }
    }

    /**
     * All erasures, in their order.
     *
     * @throws ArchiveException when the log was changed, which its digests tell
     */
    public List<Erasure> entries() {
        List<Erasure> entries = new ArrayList<>();
        String previous = "";
        try {
            Content content = content();
            if (content.torn() > 0) {
                warnings.accept(file + ": the last line is not whole; its erasure was not done");
            }
            for (String line : content.lines()) {
                JsonNode entry = JSON.readTree(line);
                if (!entry.path("previous").asText("none").equals(previous)) {
                    throw new ArchiveException(file + ":" + (entries.size() + 1)
                            + ": does not follow the line before it; the log was changed");
                }
                entries.add(new Erasure(
                        entry.path("carrier").asText(),
                        entry.path("month").asText(),
                        entry.path("at").asText(),
                        entry.path("by").asText(),
                        entry.path("reason").asText(),
                        entry.path("key_file").asText()));
                previous = Hashes.hex(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new ArchiveException(file + ":" + (entries.size() + 1) + ": cannot be read: " + e.getMessage(), e);
        }
        return entries;
    }

    /** What is in the log: its lines, how many bytes they have, and how many come after the last of them. */
    private record Content(List<String> lines, int whole, int torn) {}

    private Content content() throws IOException {
        byte[] bytes = Files.exists(file) ? OwnerOnly.read(file) : new byte[0];
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != NEW_LINE) {
            whole--;
        }
        List<String> lines =
                new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList();
        return new Content(lines, whole, bytes.length - whole);
    }
}
