package org.callclear.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.callclear.fuzz.Damage;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Scratch;
import org.callclear.schemas.call.TransactionId;

/**
 * A file of the replay memory that a disk has damaged: it is refused, or all its whole lines before the damage are
 * remembered. No token but one whose line was torn or zeroed at the end is forgotten.
 */
public final class ReplayMemoryFuzz {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final int TOKENS = 6;
    private static final int LINE = 55;
    private static final Path FOLDER = Scratch.folder("replay");
    private static final List<TransactionId> IDS = new ArrayList<>();
    private static final Path FILE;
    private static final byte[] GOOD;

    static {
        for (int i = 0; i < TOKENS; i++) {
            IDS.add(new TransactionId("%032x".formatted(0x1234567890abcdefL * (i + 1))));
        }
        FILE = FOLDER.resolve("seen-before-%012d"
                .formatted(FileReplayMemory.spanEnd(NOW.plusSeconds(60)).getEpochSecond()));
        try {
            try (FileReplayMemory memory = FileReplayMemory.open(FOLDER, CLOCK)) {
                IDS.forEach(id -> memory.firstSight(id, NOW.plusSeconds(60)));
            }
            GOOD = Files.readAllBytes(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ReplayMemoryFuzz() {}

    /** The damage; or, when the first byte is 255, the whole file. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length > 0 && data[0] == (byte) 0xFF) {
            checkAnything(java.util.Arrays.copyOfRange(data, 1, data.length));
            return;
        }
        Damage.Damaged damaged = Damage.of(data, GOOD);
        Scratch.write(FILE, damaged.file());
        int whole = switch (damaged.kind()) {
            case NONE -> TOKENS;
            case TORN, ZEROED -> damaged.at() / LINE;
            case FLIPPED, LOST, DOUBLED -> -1;
        };
        try (FileReplayMemory memory = FileReplayMemory.open(FOLDER, CLOCK)) {
            check(memory, whole, damaged);
        } catch (UncheckedIOException e) {
            Holds.that(whole < 0 || damaged.kind() == Damage.Kind.ZEROED, () -> "refused: " + e.getMessage());
        }
    }

    private static void check(FileReplayMemory memory, int whole, Damage.Damaged damaged) {
        int size = memory.size();
        int remembered = 0;
        for (TransactionId id : IDS) {
            remembered += memory.firstSight(id, NOW.plusSeconds(60)) ? 0 : 1;
        }
        Holds.same(size, remembered, "tokens remembered, and of those known");
        if (whole >= 0) {
            Holds.same(whole, remembered, "tokens remembered after " + damaged.kind() + " at " + damaged.at());
        } else {
            // Of the last line nobody can tell a lost end from one that was never written.
            Holds.that(
                    java.util.Arrays.equals(damaged.file(), GOOD)
                            || remembered >= TOKENS - 1
                            || damaged.file().length <= GOOD.length - LINE
                            || damaged.kind() == Damage.Kind.LOST,
                    damaged.kind() + " at " + damaged.at() + " left too few");
        }
    }

    /** Any bytes: refused, or read the same when opened again. */
    private static void checkAnything(byte[] file) {
        Scratch.write(FILE, file);
        int size;
        try (FileReplayMemory memory = FileReplayMemory.open(FOLDER, CLOCK)) {
            size = memory.size();
        } catch (UncheckedIOException e) {
            Holds.that(String.valueOf(e.getMessage()).contains(FOLDER.toString()), "a refusal names no place");
            return;
        }
        Holds.that(size <= file.length / LINE, "more tokens than lines");
        try (FileReplayMemory memory = FileReplayMemory.open(FOLDER, CLOCK);
                Stream<String> lines = Files.lines(FILE, StandardCharsets.ISO_8859_1)) {
            Holds.same(size, memory.size(), "tokens remembered by " + lines.count() + " lines");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
