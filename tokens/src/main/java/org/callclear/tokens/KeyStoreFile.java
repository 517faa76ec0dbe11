package org.callclear.tokens;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.callclear.tokens.secrets.OwnerOnly;
import org.callclear.tokens.secrets.PasswordFile;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#12 file of signing keys and the file with its password. A change reads, adds and writes under a lock, a file
 * beside it ({@code .lock}), so that of two changes at once neither is lost; a reader sees the old file or the new one.
 */
record KeyStoreFile(Path file, Path passwordFile, SigningUse use) {
    private static final int PASSWORD_BYTES = 32;
    private static final Duration LOCKED_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    List<SigningKey> read() throws IOException {
        byte[] pkcs12 = OwnerOnly.read(file);
        return PasswordFile.lend(passwordFile, password -> SigningKeyStore.decode(pkcs12, use, password));
    }

    /** A new file with one key, and a random password where no password file is there yet. */
    List<SigningKey> create(SigningKey key, SecureRandom random) throws IOException {
        return locked(() -> {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString(), null, "there are keys already");
            }
            if (!Files.exists(passwordFile)) {
                writePassword(random);
            }
            return write(List.of(key), random);
        });
    }

    /** What is in the file now, and one more. */
    List<SigningKey> add(SigningKey key, SecureRandom random) throws IOException {
        return locked(() -> {
            List<SigningKey> more = new ArrayList<>(read());
            more.add(key);
            return write(more, random);
        });
    }

    private void writePassword(SecureRandom random) throws IOException {
        byte[] password = new byte[PASSWORD_BYTES];
        random.nextBytes(password);
        byte[] text = Base64.getEncoder().encode(password);
        OwnerOnly.replace(passwordFile, text);
        Arrays.fill(password, (byte) 0);
        Arrays.fill(text, (byte) 0);
    }

    private List<SigningKey> write(List<SigningKey> keys, SecureRandom random) throws IOException {
        OwnerOnly.replace(
                file, PasswordFile.lend(passwordFile, password -> SigningKeyStore.encode(keys, use, password, random)));
        return List.copyOf(keys);
    }

    /** What is done while nobody else changes the file. */
    private interface Change {
        List<SigningKey> make() throws IOException;
    }

    private List<SigningKey> locked(Change change) throws IOException {
        Path path = file.resolveSibling(file.getFileName() + ".lock");
        try {
            OwnerOnly.createIfMissing(path);
        } catch (FileAlreadyExistsException e) {
            OwnerOnly.requireTight(path); // another was a moment quicker
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            FileLock lock = lock(channel, path);
            try {
                return change.make();
            } finally {
                lock.release();
            }
        }
    }

    private static FileLock lock(FileChannel channel, Path path) throws IOException {
        long until = System.nanoTime() + LOCKED_WITHIN.toNanos();
        while (System.nanoTime() - until < 0) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + path, e);
            }
        }
        throw new IOException("another holds the lock " + path + " for more than " + LOCKED_WITHIN.toSeconds() + " s");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held in this JVM
        }
    }
}
