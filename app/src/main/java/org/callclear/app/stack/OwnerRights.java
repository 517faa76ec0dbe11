package org.callclear.app.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.callclear.tokens.secrets.LooseRightsException;
import org.callclear.tokens.secrets.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everybody but the owner out of the data directory, whoever made it: the records in it hold tokens and numbers, and
 * the files themselves get the rights that the process's umask gives.
 */
final class OwnerRights {
    private final Path folder;
    private final String usedBefore;

    /**
     * @param folder there already
     * @param usedBefore the name of a file that every directory of ours has
     */
    OwnerRights(Path folder, String usedBefore) {
        this.folder = folder;
        this.usedBefore = usedBefore;
    }

    /**
     * Takes the rights of group and others away. Where a file system knows no such rights, nothing is done.
     *
     * @throws StackException when they cannot be taken away, or the folder is plainly meant for something else
     */
    void tighten() {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            OwnerOnly.requireTight(folder);
        } catch (LooseRightsException e) {
            takeAway();
        } catch (IOException e) {
            throw open("its rights cannot be read (" + StackException.rootOf(e) + ")", e);
        }
    }

    private void takeAway() {
        try {
            if (isSomethingElse()) {
                throw open("it holds other folders and was never a data directory; name an empty one", null);
            }
            if (!isOurs()) {
                throw open(
                        "it belongs to " + Files.getOwner(folder).getName()
                                + ", so this user must not close it; name one of your own",
                        null);
            }
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            OwnerOnly.requireTight(folder);
        } catch (IOException e) {
            throw open("its rights cannot be taken back (" + StackException.rootOf(e) + ")", e);
        }
    }

    /** Nobody means to close a system's or a home folder to all others by naming it here, least of all as root. */
    private boolean isSomethingElse() throws IOException {
        if (Files.exists(folder.resolve(usedBefore))) {
            return false;
        }
        try (Stream<Path> there = Files.list(folder)) {
            return there.anyMatch(Files::isDirectory);
        }
    }

    /** For root the system itself would not say no; whoever has a folder can open it again at any time. */
    private boolean isOurs() throws IOException {
        Path mine = Files.createTempFile(folder, "owner", ".probe");
        try {
            return Files.getOwner(mine).equals(Files.getOwner(folder));
        } finally {
            Files.delete(mine);
        }
    }

    private StackException open(String why, @Nullable Throwable cause) {
        return new StackException(
                "data directory " + folder + ": others than its owner may look into it, and " + why, cause);
    }
}
