package org.callclear.app.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.callclear.settlement.statement.CanonicalJson;
import org.callclear.tokens.secrets.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * The file of the keys that hide numbers in archives: apart from them, of the owner alone. A key that was erased is zeros
 * in the file and never comes back; what is archived for its carrier and month after that gets the next generation. For
 * one thread.
 */
public final class NumberKeys implements AutoCloseable {
    /** The first member of the file. */
    static final String FORMAT = "callclear-archive-keys/1";

    /** Hex digits of a file's id. */
    static final int ID_DIGITS = 32;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();

    private final Path file;
    private final @Nullable FileChannel lock;
    private final SecureRandom random;
    private final Map<KeyName, List<byte[]>> keys = new TreeMap<>();
    private final Map<KeyName, List<@Nullable NumberCipher>> ciphers = new HashMap<>();
    private String id;
    private boolean changed;

    private NumberKeys(Path file, @Nullable FileChannel lock, SecureRandom random) {
        this.file = file;
        this.lock = lock;
        this.random = random;
        this.id = "";
    }

    /** The latest key of a name. */
    record Current(int generation, NumberCipher cipher) {}

    /**
     * To read what it hid.
     *
     * @throws ArchiveException when it is not there, others may read it, or it is damaged
     */
    public static NumberKeys read(Path file) {
        return opened(file, null, true);
    }

    /**
     * To hide more, or to erase; nobody else does so until this is closed. A file that is not there yet is made by
     * {@link #save}.
     *
     * @throws ArchiveException when others may read it, it is in use, or damaged
     */
    public static NumberKeys change(Path file) {
        try {
            Path above = file.toAbsolutePath().getParent();
            if (above != null && !Files.isDirectory(above)) {
                throw new ArchiveException("keys '" + file + "': " + above + " is no directory");
            }
            Path beside = file.resolveSibling(file.getFileName() + ".lock");
            OwnerOnly.createDurably(beside);
            FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new ArchiveException("keys '" + file + "': in use by another export or erasure");
            }
            return opened(file, channel, false);
        } catch (IOException e) {
            throw new ArchiveException("keys '" + file + "': cannot be used: " + e, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static NumberKeys opened(Path file, @Nullable FileChannel lock, boolean required) {
        NumberKeys keys = new NumberKeys(file, lock, new SecureRandom());
        try {
            keys.load(OwnerOnly.read(file));
        } catch (NoSuchFileException e) {
            if (required) {
                throw new ArchiveException("keys '" + file + "': there is no such file", e);
            }
            keys.begin();
        } catch (IOException e) {
            throw new ArchiveException("keys '" + file + "': cannot be read: " + e.getMessage(), e);
        }
        return keys;
    }

    /** A file that is not there yet gets its id: archives name it. */
    private void begin() {
        byte[] bytes = new byte[ID_DIGITS / 2];
        random.nextBytes(bytes);
        id = HEX.formatHex(bytes);
        changed = true;
    }

    /** Names the file, wherever it is and however many keys are in it; it tells nothing of them. */
    String id() {
        return id;
    }

    private void load(byte[] content) {
        try {
            JsonNode root = JSON.readTree(content);
            if (!FORMAT.equals(root.path("format").asText())
                    || !root.path("keys").isArray()) {
                throw new IllegalArgumentException("it is no " + FORMAT);
            }
            id = root.path("id").asText();
            if (!id.matches("[0-9a-f]{" + ID_DIGITS + "}")) {
                throw new IllegalArgumentException("id: must be " + ID_DIGITS + " digits in hex");
            }
            for (JsonNode entry : root.path("keys")) {
                KeyName name = new KeyName(
                        entry.path("carrier").asText(),
                        YearMonth.parse(entry.path("month").asText()));
                List<byte[]> generations = keys.computeIfAbsent(name, unused -> new ArrayList<>());
                byte[] key = HEX.parseHex(entry.path("key").asText());
                if (key.length != NumberCipher.KEY_BYTES
                        || entry.path("generation").asInt() != generations.size() + 1) {
                    throw new IllegalArgumentException("the key of " + name + " is not whole or not in its place");
                }
                generations.add(key);
            }
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            // Not the parser's own words: they may quote a key.
            throw new ArchiveException("keys '" + file + "': damaged: "
                    + (e instanceof IllegalArgumentException ? e.getMessage() : "not the JSON of a key file"));
        }
    }

    /** The key that hides now; a new one when there is none that lives. */
    Current current(KeyName name) {
        List<byte[]> generations = keys.computeIfAbsent(name, unused -> new ArrayList<>());
        if (generations.isEmpty() || isErased(generations.getLast())) {
            byte[] key = new byte[NumberCipher.KEY_BYTES];
            random.nextBytes(key);
            generations.add(key);
            changed = true;
        }
        int generation = generations.size();
        return new Current(
                generation, cipher(name, generation).orElseThrow(() -> new IllegalStateException("just made")));
    }

    /** Whether a key was there once and is not any more. */
    boolean isErased(KeyName name, int generation) {
        List<byte[]> generations = keys.getOrDefault(name, List.of());
        return generation >= 1 && generation <= generations.size() && isErased(generations.get(generation - 1));
    }

    /** The cipher of a key; empty when it was erased or never was in this file. */
    Optional<NumberCipher> cipher(KeyName name, int generation) {
        List<byte[]> generations = keys.getOrDefault(name, List.of());
        if (generation < 1 || generation > generations.size() || isErased(generations.get(generation - 1))) {
            return Optional.empty();
        }
        List<@Nullable NumberCipher> known = ciphers.computeIfAbsent(name, unused -> new ArrayList<>());
        while (known.size() < generation) {
            known.add(null);
        }
        NumberCipher cipher = known.get(generation - 1);
        if (cipher == null) {
            cipher = new NumberCipher(generations.get(generation - 1));
            known.set(generation - 1, cipher);
        }
        return Optional.of(cipher);
    }

    /** The generations of a name that live. */
    List<Integer> alive(KeyName name) {
        List<byte[]> generations = keys.getOrDefault(name, List.of());
        List<Integer> alive = new ArrayList<>();
        for (int at = 0; at < generations.size(); at++) {
            if (!isErased(generations.get(at))) {
                alive.add(at + 1);
            }
        }
        return alive;
    }

    /** Makes keys durable that are new. Nothing that they hid may be, before. */
    void save() {
        if (changed) {
            write();
            changed = false;
        }
    }

    /** Overwrites all keys of a name, in the file that is there and then in one that takes its place. */
    void erase(KeyName name) {
        save();
        try {
            for (int generation : alive(name)) {
                byte[] key = keys.getOrDefault(name, List.of()).get(generation - 1);
                overwrite(HEX.formatHex(key).getBytes(StandardCharsets.US_ASCII));
                Arrays.fill(key, (byte) 0);
            }
        } catch (IOException e) {
            throw new ArchiveException("keys '" + file + "': the key of " + name + " cannot be erased: " + e, e);
        }
        ciphers.remove(name);
        write();
    }

    private void overwrite(byte[] hex) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int at = indexOf(content, hex);
        byte[] zeros = new byte[hex.length];
        Arrays.fill(zeros, (byte) '0');
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(zeros);
            while (left.hasRemaining()) {
                channel.write(left, at + left.position());
            }
            channel.force(true);
        }
    }

    private static int indexOf(byte[] content, byte[] part) {
        for (int at = 0; at <= content.length - part.length; at++) {
            if (Arrays.equals(content, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new IllegalStateException("a key that was read from its file is not in it any more");
    }

    private void write() {
        List<Map<String, Object>> entries = new ArrayList<>();
        keys.forEach((name, generations) -> {
            for (int at = 0; at < generations.size(); at++) {
                entries.add(Map.of(
                        "carrier", name.carrier(),
                        "month", name.month().toString(),
                        "generation", at + 1,
                        "key", HEX.formatHex(generations.get(at))));
            }
        });
        try {
            OwnerOnly.replace(file, CanonicalJson.bytes(Map.of("format", FORMAT, "id", id, "keys", entries)));
        } catch (IOException e) {
            throw new ArchiveException("keys '" + file + "': cannot be written: " + e, e);
        }
    }

    @Override
    public String toString() {
        return "keys '" + file + "'";
    }

    private static boolean isErased(byte[] key) {
        return Arrays.equals(key, new byte[NumberCipher.KEY_BYTES]);
    }

    @Override
    public void close() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new ArchiveException("keys '" + file + "': the lock cannot be let go: " + e, e);
            }
        }
    }
}
