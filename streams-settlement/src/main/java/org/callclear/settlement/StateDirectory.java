package org.callclear.settlement;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory of one running instance, and the name the instance keeps in it. */
final class StateDirectory implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}");
    private static final int LENGTH = 16;
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final FileChannel lock;
    private final String instance;

    private StateDirectory(Path path, FileChannel lock, String instance) {
        this.path = path;
        this.lock = lock;
        this.instance = instance;
    }

    /**
     * Takes the directory for this process; makes it when it is not there. Nobody but its owner may look into it: what
     * calls and money are known of stands there.
     *
     * @throws IllegalStateException when another instance has it, it cannot be written, or others may look into it and it
     *     is not settlement's to tighten
     */
    static StateDirectory take(Path path, RandomGenerator random) {
        Path file = path.resolve("instance");
        try {
            makeOwnerOnly(path.toAbsolutePath(), file);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isFree(channel)) {
                channel.close();
                throw new IllegalStateException("stateDirectory " + path + ": in use by another settlement");
            }
            return new StateDirectory(path, channel, name(channel, random));
        } catch (IOException | UnsupportedOperationException e) {
            throw new IllegalStateException("stateDirectory " + path + ": cannot be used: " + e.getMessage(), e);
        }
    }

    /** Where the stream job keeps its stores. */
    Path stores() {
        return path.resolve("stores");
    }

    /** Where leaves are sorted that do not fit into memory. */
    Path leaves() {
        return path.resolve("leaves");
    }

    /** 16 hex digits, the same over restarts. */
    String instance() {
        return instance;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new IllegalStateException("stateDirectory " + path + ": cannot be released", e);
        }
    }

    /** Rights are taken away from a directory of ours only: one that is empty or has been settlement's before. */
    private static void makeOwnerOnly(Path path, Path instance) throws IOException {
        if (!Files.isDirectory(path)) {
            Path above = path.getParent();
            if (above != null) {
                Files.createDirectories(above);
            }
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER));
        } else if (!OWNER.containsAll(Files.getPosixFilePermissions(path))) {
            if (!Files.exists(instance) && !isEmpty(path)) {
                throw new IOException("others may read it, and it holds what is not settlement's");
            }
            Files.setPosixFilePermissions(path, OWNER);
        }
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String name(FileChannel channel, RandomGenerator random) throws IOException {
        ByteBuffer known = ByteBuffer.allocate(LENGTH);
        channel.read(known, 0);
        String name = new String(known.array(), StandardCharsets.US_ASCII);
        if (NAME.matcher(name).matches()) {
            return name;
        }
        String fresh = HexFormat.of().toHexDigits(random.nextLong());
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(fresh.getBytes(StandardCharsets.US_ASCII)), 0);
        channel.force(true);
        return fresh;
    }
}
